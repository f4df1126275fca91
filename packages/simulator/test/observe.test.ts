import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator, SimulatorEvent } from '../src/index.ts';
import { call, linkedInTyping, linqMessage, linqTyping } from './vendor-calls.ts';

let simulator: Simulator;
let events: SimulatorEvent[];
let stopObserving: () => void;

beforeEach(async () => {
  simulator = await startSimulator({ speed: 0, linq: { lifetimeMs: 60_000 } });
  events = [];
  stopObserving = simulator.observe((event) => events.push(event));
});
afterEach(async () => {
  await simulator.close();
});

function bubbles(): unknown[] {
  return events.flatMap((event) =>
    event.kind === 'bubble' ? [[event.visible, event.endedBy, event.atMs - startedAtMs()]] : [],
  );
}

function startedAtMs(): number {
  return events[0]?.atMs ?? NaN;
}

describe('An observer', () => {
  it('is told of a start, of the bubble and of the answered request, in this order', async () => {
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    const atMs = simulator.clock.now();
    expect(events).toMatchObject([
      { kind: 'fact', vendor: 'linq', conversation: chatId, fact: { kind: 'start' } },
      { kind: 'bubble', visible: true, endedBy: null, conversation: chatId },
      { kind: 'request', request: { method: 'POST', status: 204 } },
    ]);
    expect(events.map((event) => event.atMs)).toEqual([atMs, atMs, atMs]);
  });

  it('is told that a bubble expired, at the very time it did', async () => {
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    simulator.clock.advance(45_000);
    await linqTyping(simulator, chatId);
    simulator.clock.advance(500_000);
    expect(bubbles()).toEqual([
      [true, null, 0],
      [false, 'expired', 105_000],
    ]);
  });

  it('is told what else ended a bubble, and of nothing that changed nothing', async () => {
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    await linqTyping(simulator, chatId);
    simulator.clock.advance(1000);
    await linqMessage(simulator, chatId);
    await linqTyping(simulator, chatId, { method: 'DELETE' });
    await linqTyping(simulator, chatId);
    simulator.clock.advance(1000);
    simulator.linq.openMessages(chatId);
    expect(bubbles()).toEqual([
      [true, null, 0],
      [false, 'message', 1000],
      [true, null, 1000],
      [false, 'opened', 2000],
    ]);
  });

  it('is told of a start that stayed dark, without a bubble', async () => {
    const { chatId } = simulator.linq.createConversation({ service: 'SMS' });
    await linqTyping(simulator, chatId);
    expect(events).toMatchObject([
      { kind: 'fact', fact: { hiddenBecause: 'sms' } },
      { kind: 'request' },
    ]);
  });

  it('is told of LinkedIn, of spoilt requests and of wrong addresses, too', async () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    simulator.faults.add({ kind: 'status', status: 500 });
    await linkedInTyping(simulator, { conversationUrn });
    await call(`${simulator.url}/nowhere`);
    expect(events).toMatchObject([
      {
        kind: 'request',
        request: {
          vendor: 'connectsafely',
          status: 500,
          fault: 'status',
          conversation: conversationUrn,
        },
      },
      { kind: 'request', request: { vendor: null, status: 404 } },
    ]);
  });

  it('is told in the order of time, whatever lasts longer', async () => {
    const { chatId } = simulator.linq.createConversation();
    const { conversationUrn } = simulator.connectsafely.createConversation();
    await linqTyping(simulator, chatId);
    await linkedInTyping(simulator, { conversationUrn });
    simulator.clock.advance(500_000);
    expect(bubbles()).toEqual([
      [true, null, 0],
      [true, null, 0],
      [false, 'expired', 6000],
      [false, 'expired', 60_000],
    ]);
  });

  it('sees a bubble expire by itself while time runs', async () => {
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    // Not before: at this speed the chat falls asleep within 30 ms.
    simulator.clock.setSpeed(10_000);
    await expect
      .poll(() => events.findLast(({ kind }) => kind === 'bubble'))
      .toMatchObject({ endedBy: 'expired' });
  });

  it('hears of a reset, and of no bubble from before it', async () => {
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    events.length = 0;
    simulator.reset();
    simulator.clock.advance(500_000);
    expect(events).toMatchObject([{ kind: 'reset' }]);
    simulator.linq.createConversation({ chatId });
    await linqTyping(simulator, chatId);
    expect(events.at(-2)).toMatchObject({ kind: 'bubble', visible: true });
  });

  it('hears nothing more once it has ended', async () => {
    stopObserving();
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    expect(events).toEqual([]);
  });

  it('that throws disturbs neither the vendor nor the other observers', async () => {
    const uncaught: unknown[] = [];
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error) => uncaught.push(error));
    try {
      stopObserving();
      simulator.observe(() => {
        throw new Error('a listener of the test');
      });
      simulator.observe((event) => events.push(event));
      const { chatId } = simulator.linq.createConversation();
      expect(await linqTyping(simulator, chatId)).toMatchObject({ status: 204 });
      expect(events).toHaveLength(3);
      expect(uncaught).toHaveLength(3);
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const listener of others) process.on('uncaughtException', listener);
    }
  });

  it('over HTTP gets the same as server-sent events', async () => {
    const { chatId } = simulator.linq.createConversation();
    const response = await fetch(`${simulator.controlUrl}/events`);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (reader === undefined) throw new Error('There is no body.');
    let text = (await reader.read()).value ?? '';
    await linqTyping(simulator, chatId);
    while (!text.includes('event: request')) text += (await reader.read()).value ?? '';
    const sent = [...text.matchAll(/^event: (\S+)\ndata: (.*)\n/gm)];
    expect(sent.map(([, kind]) => kind)).toEqual(['fact', 'bubble', 'request']);
    expect(sent.map(([, , data]) => JSON.parse(data ?? ''))).toEqual(events);
    await reader.cancel();
  });
});
