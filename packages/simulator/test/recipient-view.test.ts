import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { LinqChatOptions, LinqEra, Simulator } from '../src/index.ts';
import { linkedInTyping, linqMessage, linqTyping } from './vendor-calls.ts';

const START = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;
let nowMs: number;
let simulator: Simulator;

beforeEach(async () => {
  nowMs = START;
  simulator = await startSimulator({ now: () => nowMs });
});
afterEach(async () => {
  await simulator.close();
});

describe('What the recipient of an iMessage sees', () => {
  it.each<[LinqEra, number]>([
    ['april', 60_000],
    ['july', 87_000],
    ['august', 87_000],
  ])('in the era of %s is a bubble of %i ms from one start', async (era, lifetimeMs) => {
    simulator.linq.configure({ era });
    const { chatId } = simulator.linq.createConversation();
    nowMs += 5;
    await linqTyping(simulator, chatId);
    const fromMs = START + 5;
    nowMs = fromMs + lifetimeMs - 1;
    expect(simulator.recipientView(chatId)).toEqual([{ fromMs, toMs: null, endedBy: null }]);
    nowMs = fromMs + lifetimeMs;
    const expired = [{ fromMs, toMs: fromMs + lifetimeMs, endedBy: 'expired' }];
    expect(simulator.recipientView(chatId)).toEqual(expired);
    nowMs += 60 * MINUTE;
    expect(simulator.recipientView(chatId)).toEqual(expired);
  });

  it('is one longer bubble if a second start comes in time', async () => {
    simulator.linq.configure({ lifetimeMs: 1000 });
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    nowMs += 900;
    await linqTyping(simulator, chatId);
    nowMs += 10_000;
    expect(simulator.recipientView(chatId)).toEqual([
      { fromMs: START, toMs: START + 1900, endedBy: 'expired' },
    ]);
  });

  it('is two bubbles with a gap if the second start comes late', async () => {
    simulator.linq.configure({ lifetimeMs: 1000 });
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    nowMs += 1500;
    await linqTyping(simulator, chatId);
    expect(simulator.recipientView(chatId)).toEqual([
      { fromMs: START, toMs: START + 1000, endedBy: 'expired' },
      { fromMs: START + 1500, toMs: null, endedBy: null },
    ]);
  });

  it('ends with a stop', async () => {
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    nowMs += 3000;
    await linqTyping(simulator, chatId, { method: 'DELETE' });
    await linqTyping(simulator, chatId, { method: 'DELETE' });
    expect(simulator.recipientView(chatId)).toEqual([
      { fromMs: START, toMs: START + 3000, endedBy: 'stopped' },
    ]);
  });

  it('ends with a message of ours, and a late start raises it again', async () => {
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    nowMs += 3000;
    await linqMessage(simulator, chatId);
    nowMs += 100;
    await linqTyping(simulator, chatId);
    expect(simulator.recipientView(chatId)).toEqual([
      { fromMs: START, toMs: START + 3000, endedBy: 'message' },
      { fromMs: START + 3100, toMs: null, endedBy: null },
    ]);
  });

  it('goes on through a message of theirs', async () => {
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    nowMs += 3000;
    simulator.linq.receiveMessage(chatId);
    expect(simulator.recipientView(chatId)).toMatchObject([{ toMs: null }]);
  });

  const old = 5 * MINUTE + 1;
  it.each<[LinqEra, boolean, string, LinqChatOptions]>([
    ['april', true, 'we wrote last', { lastSentAgoMs: 5 * MINUTE, lastReceivedAgoMs: null }],
    ['april', true, 'they wrote last', { lastSentAgoMs: null, lastReceivedAgoMs: 5 * MINUTE }],
    ['april', false, 'nobody wrote', { lastSentAgoMs: old, lastReceivedAgoMs: old }],
    ['august', true, 'we wrote last', { lastSentAgoMs: 5 * MINUTE, lastReceivedAgoMs: null }],
    ['august', false, 'only they wrote', { lastSentAgoMs: old, lastReceivedAgoMs: 0 }],
    ['august', false, 'there never was a message', { lastSentAgoMs: null }],
  ])('in the era of %s is shown=%s where for 5 minutes %s', async (era, isShown, _why, options) => {
    simulator.linq.configure({ era });
    const { chatId } = simulator.linq.createConversation(options);
    expect(await linqTyping(simulator, chatId)).toMatchObject({ status: 204 });
    expect(simulator.recipientView(chatId)).toHaveLength(isShown ? 1 : 0);
    expect(simulator.history(chatId)).toMatchObject([
      { kind: 'start', hiddenBecause: isShown ? null : 'inactive' },
    ]);
  });

  it('is nothing until a message of ours makes the chat active', async () => {
    const { chatId } = simulator.linq.createConversation({ lastSentAgoMs: null });
    await linqTyping(simulator, chatId);
    await linqMessage(simulator, chatId);
    expect(simulator.recipientView(chatId)).toEqual([]);
    await linqTyping(simulator, chatId);
    expect(simulator.recipientView(chatId)).toHaveLength(1);
  });

  it('is not extended by a start that comes when the chat has become inactive', async () => {
    const { chatId } = simulator.linq.createConversation();
    nowMs += 5 * MINUTE;
    await linqTyping(simulator, chatId);
    nowMs += 50_000;
    await linqTyping(simulator, chatId);
    nowMs += 50_000;
    expect(simulator.recipientView(chatId)).toMatchObject([
      { toMs: START + 5 * MINUTE + 87_000, endedBy: 'expired' },
    ]);
  });

  it('is nothing for who has opted out, though the vendor says 204', async () => {
    const { chatId } = simulator.linq.createConversation();
    simulator.linq.changeConversation(chatId, { health: 'OPTED_OUT' });
    expect(await linqTyping(simulator, chatId)).toMatchObject({ status: 204 });
    expect(simulator.recipientView(chatId)).toEqual([]);
    expect(simulator.history(chatId)).toMatchObject([{ hiddenBecause: 'opted-out' }]);
  });

  it.each(['SMS', 'RCS'] as const)(
    'is nothing over %s, though the vendor says 204',
    async (service) => {
      const { chatId } = simulator.linq.createConversation({
        service,
        reportedService: 'iMessage',
      });
      expect(await linqTyping(simulator, chatId)).toMatchObject({ status: 204 });
      expect(simulator.recipientView(chatId)).toEqual([]);
      expect(simulator.history(chatId)).toMatchObject([{ hiddenBecause: service.toLowerCase() }]);
    },
  );

  it('ends when they open Messages, and needs a stop before a start shows again', async () => {
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    nowMs += 1000;
    simulator.linq.openMessages(chatId);
    nowMs += 1000;
    await linqTyping(simulator, chatId);
    const swept = { fromMs: START, toMs: START + 1000, endedBy: 'opened' };
    expect(simulator.recipientView(chatId)).toEqual([swept]);
    await linqTyping(simulator, chatId, { method: 'DELETE' });
    await linqTyping(simulator, chatId);
    expect(simulator.recipientView(chatId)).toEqual([
      swept,
      { fromMs: START + 2000, toMs: null, endedBy: null },
    ]);
  });

  it('is not swept away for later when they open Messages without a bubble', async () => {
    const { chatId } = simulator.linq.createConversation();
    simulator.linq.openMessages(chatId);
    await linqTyping(simulator, chatId);
    expect(simulator.recipientView(chatId)).toHaveLength(1);
  });
});

describe('What the recipient on LinkedIn sees', () => {
  it('is a bubble of 6 s by default that a repeat extends', async () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    await linkedInTyping(simulator, { conversationUrn });
    nowMs += 5000;
    await linkedInTyping(simulator, { conversationUrn });
    nowMs += 60_000;
    expect(simulator.recipientView(conversationUrn)).toEqual([
      { fromMs: START, toMs: START + 11_000, endedBy: 'expired' },
    ]);
  });

  it('lasts as long as it is set to', async () => {
    simulator.connectsafely.configure({ lifetimeMs: 10_000 });
    const { conversationUrn } = simulator.connectsafely.createConversation();
    await linkedInTyping(simulator, { conversationUrn });
    nowMs += 9999;
    expect(simulator.recipientView(conversationUrn)).toMatchObject([{ toMs: null }]);
  });

  it('ends with a message', async () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    await linkedInTyping(simulator, { conversationUrn });
    nowMs += 1000;
    simulator.connectsafely.sendMessage(conversationUrn);
    expect(simulator.recipientView(conversationUrn)).toMatchObject([{ endedBy: 'message' }]);
  });
});

describe('Simulated time', () => {
  it('runs at its speed, keeps what has passed when that changes, and can be pushed', async () => {
    const { clock } = simulator;
    clock.setSpeed(30);
    nowMs += 1000;
    expect(clock.now()).toBe(START + 30_000);
    clock.setSpeed(0);
    nowMs += 1000;
    expect(clock.now()).toBe(START + 30_000);
    clock.advance(500);
    expect(clock.now()).toBe(START + 30_500);
  });

  it('lets a minute of lifetime pass in two seconds', async () => {
    simulator.clock.setSpeed(30);
    simulator.linq.configure({ era: 'april' });
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    nowMs += 2000;
    expect(simulator.recipientView(chatId)).toMatchObject([{ endedBy: 'expired' }]);
  });

  it.each([-1, Number.NaN, Infinity])('refuses a speed and a push of %s', (number) => {
    expect(() => {
      simulator.clock.setSpeed(number);
    }).toThrow(RangeError);
    expect(() => {
      simulator.clock.advance(number);
    }).toThrow(RangeError);
  });
});
