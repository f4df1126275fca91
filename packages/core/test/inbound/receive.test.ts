import { createTyping, type InboundTyping, TypingError } from '@typingkit/core';
import { fakeProvider } from '@typingkit/testing';
import { describe, expect, test } from 'vitest';
import { type Chat, type ChatTyping, heard, type People, people, typed } from './people.ts';

const alice = { chat: 'alice' };

describe('receive', () => {
  test('hands on what a vendor tells, with the target as the provider reads it', () => {
    const chat = fakeProvider<{ readonly chat: string }>({
      parseTarget: (input) => ({ chat: String(Object(input).chat).toLowerCase() }),
    });
    const typing = createTyping({ channels: { chat } });
    const events: InboundTyping[] = [];
    typing.onInbound((event) => events.push(event));
    const event = typed('ALICE', 'started');
    typing.receive(event);
    expect(events).toEqual([{ ...event, target: alice }]);
    expect(typing.isPeerTyping('chat', { chat: 'Alice' })).toBe(true);
  });

  test('needs no object around it: it is what a webhook calls', () => {
    const { typing } = people();
    const words = heard(typing);
    const { receive } = typing;
    receive(typed('alice', 'started'));
    expect(words).toEqual(['alice started']);
  });

  test('drops an event that is older than the newest one of its conversation', () => {
    const { typing } = people();
    const words = heard(typing);
    const late = typed('alice', 'started');
    const other = typed('bob', 'started');
    typing.receive(typed('alice', 'stopped'));
    typing.receive(late);
    typing.receive(other);
    expect(words).toEqual(['alice stopped', 'bob started']);
    expect(typing.isPeerTyping('chat', alice)).toBe(false);
  });

  test('drops a repeated event, also behind another one of the same moment', () => {
    const { typing } = people();
    const words = heard(typing);
    const at = new Date();
    const started = typed('alice', 'started', { at });
    const stopped = typed('alice', 'stopped', { at });
    for (const event of [started, started, stopped, started, stopped]) typing.receive(event);
    expect(words).toEqual(['alice started', 'alice stopped']);
  });

  test('keeps conversations of two channels apart', () => {
    const { typing } = people();
    typing.receive({ ...typed('alice', 'started'), channel: 'room' });
    expect(typing.isPeerTyping('room', alice)).toBe(true);
    expect(typing.isPeerTyping('chat', alice)).toBe(false);
  });

  test('tells of a repeated start that is a new event', () => {
    const { typing } = people();
    const words = heard(typing);
    typing.receive(typed('alice', 'started'));
    typing.receive(typed('alice', 'started'));
    expect(words).toEqual(['alice started', 'alice started']);
  });

  test.for<[string, Partial<ChatTyping>]>([
    ['at', { at: new Date(NaN) }],
    // What comes out of JSON.
    ['at', { at: '2026-01-01T00:00:00Z' as unknown as Date }],
    ['state', { state: 'typing' as 'started' }],
    ['eventId', { eventId: undefined as unknown as string }],
    ['provider', { provider: undefined as unknown as string }],
    ['expiresInMs', { expiresInMs: -1 }],
    ['expiresInMs', { expiresInMs: Infinity }],
  ])('refuses an event whose %s is wrong, and says so', ([field, changes]) => {
    const { typing } = people();
    const words = heard(typing);
    expect(() => typing.receive(typed('alice', 'started', changes))).toThrow(
      expect.objectContaining({
        code: 'misconfigured',
        message: expect.stringContaining(`event.${field} must be`),
      }),
    );
    expect(words).toEqual([]);
  });

  test.each([null, undefined, 'started'])('refuses %j, which is no event at all', (event) => {
    const { typing } = people();
    expect(() => typing.receive(event as unknown as ChatTyping)).toThrow(
      expect.objectContaining({ code: 'misconfigured', message: 'event must be an object' }),
    );
  });

  test('throws for a channel that there is not, for a target that is none, for a provider that does not tell', () => {
    const chat = fakeProvider<Chat>({
      parseTarget() {
        throw new TypingError({ code: 'invalid-target', reason: 'chat is required' });
      },
    });
    const mute = fakeProvider({ name: 'silent', capabilities: { inbound: false } });
    const typing = createTyping({ channels: { chat, mute } });
    const code = (event: InboundTyping): unknown => {
      try {
        return typing.receive(event as ChatTyping);
      } catch (error) {
        return error;
      }
    };
    expect(code({ ...typed('a', 'started'), channel: 'chatt' })).toMatchObject({
      code: 'unknown-channel',
    });
    expect(code(typed('a', 'started'))).toMatchObject({ code: 'invalid-target', channel: 'chat' });
    expect(code({ ...typed('a', 'started'), channel: 'mute' })).toMatchObject({
      code: 'unsupported',
      channel: 'mute',
      provider: 'silent',
      message: expect.stringContaining('silent does not report who is typing'),
    });
  });

  test('refuses an event whose getter throws, and does not tell what it threw', () => {
    const { typing } = people();
    for (const field of ['state', 'at', 'target', 'channel']) {
      const event = Object.defineProperty({ ...typed('alice', 'started') }, field, {
        enumerable: true,
        get(): never {
          throw new Error('the-secret');
        },
      });
      expect(() => typing.receive(event)).toThrow('event could not be read: a getter threw');
    }
  });

  test('does nothing after close', async () => {
    const { typing, clock } = people();
    typing.receive(typed('alice', 'started'));
    await typing.close();
    expect(clock.pendingTimers).toBe(0);
    typing.receive(typed('alice', 'started'));
    expect(typing.isPeerTyping('chat', alice)).toBe(false);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a started that nothing follows', () => {
  test('expires by itself, and says so', async () => {
    const { typing, clock } = people();
    const events: InboundTyping[] = [];
    typing.onInbound((event) => events.push(event));
    const started = typed('alice', 'started', { at: new Date(5_000), expiresInMs: 30_000 });
    typing.receive(started);
    await clock.advance(29_000);
    expect(events).toHaveLength(1);
    expect(typing.isPeerTyping('chat', alice)).toBe(true);
    await clock.advance(1_100);
    expect(events[1]).toEqual({
      ...started,
      state: 'stopped',
      at: new Date(35_000),
      expiresInMs: 0,
      isExpired: true,
    });
    expect(typing.isPeerTyping('chat', alice)).toBe(false);
    expect(clock.pendingTimers).toBe(0);
  });

  test('is over on time for whoever asks, although its timer is late', async () => {
    const { typing, clock } = people();
    typing.receive(typed('alice', 'started', { expiresInMs: 30_001 }));
    await clock.advance(30_000);
    expect(typing.isPeerTyping('chat', alice)).toBe(true);
    await clock.advance(1);
    expect(typing.isPeerTyping('chat', alice)).toBe(false);
  });

  test('lasts longer where another started comes', async () => {
    const { typing, clock } = people();
    const words = heard(typing);
    typing.receive(typed('alice', 'started', { expiresInMs: 10_000 }));
    await clock.advance(8_000);
    typing.receive(typed('alice', 'started', { expiresInMs: 10_000 }));
    await clock.advance(8_000);
    expect(words).toEqual(['alice started', 'alice started']);
    await clock.advance(2_100);
    expect(words.at(-1)).toBe('alice expired');
  });

  test('does not expire where it was stopped', async () => {
    const { typing, clock } = people();
    const words = heard(typing);
    typing.receive(typed('alice', 'started'));
    typing.receive(typed('alice', 'stopped'));
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(120_000);
    expect(words).toEqual(['alice started', 'alice stopped']);
  });

  test('is stopped once: a stopped that comes too late tells nothing new', async () => {
    const { typing, clock } = people();
    const words = heard(typing);
    typing.receive(typed('alice', 'started'));
    await clock.advance(61_000);
    typing.receive(typed('alice', 'stopped'));
    expect(words).toEqual(['alice started', 'alice expired']);
    typing.receive(typed('alice', 'started'));
    typing.receive(typed('alice', 'stopped'));
    expect(words.slice(2)).toEqual(['alice started', 'alice stopped']);
  });

  test('makes way for a newer started that was on its way meanwhile', async () => {
    const { typing, clock } = people();
    const words = heard(typing);
    typing.receive(typed('alice', 'started', { at: new Date(0), expiresInMs: 60_000 }));
    await clock.advance(61_000);
    typing.receive(typed('alice', 'started', { at: new Date(59_000) }));
    expect(words).toEqual(['alice started', 'alice expired', 'alice started']);
    expect(typing.isPeerTyping('chat', alice)).toBe(true);
  });
});

describe('the order of events is kept', () => {
  /** Lets these cease to type, and then a number of others. @returns those of them whose order is forgotten. */
  function forgotten({ typing }: People, chats: readonly string[], others: number): string[] {
    const late = [...new Set(chats)].map((chat) => typed(chat, 'started'));
    for (const chat of chats) typing.receive(typed(chat, 'stopped'));
    for (let count = 0; count < others; count += 1) typing.receive(typed(`${count}`, 'stopped'));
    const words = heard(typing);
    for (const event of late) typing.receive(event);
    return words;
  }

  test('for the 10,000 conversations that ceased last', () => {
    expect(forgotten(people(), ['first', 'second'], 9_999)).toEqual(['first started']);
    expect(forgotten(people(), ['first', 'second', 'first'], 9_999)).toEqual(['second started']);
  });

  test('for all in which somebody types, and they do not count among those', () => {
    const one = people();
    const late = ['old', 'typing'].map((chat) => typed(chat, 'started'));
    for (const chat of ['old', 'typing']) one.typing.receive(typed(chat, 'stopped'));
    one.typing.receive(typed('typing', 'started'));
    forgotten(one, [], 9_999);
    const words = heard(one.typing);
    for (const event of late) one.typing.receive(event);
    expect(words).toEqual([]);
  });
});
