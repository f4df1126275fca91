import {
  createTyping,
  type Gate,
  type GateEngine,
  memoryGate,
  type StopVerdict,
} from '@typingkit/core';
import { fakeProvider, virtualClock } from '@typingkit/testing';
import { describe, expect, test } from 'vitest';

const alice = { chat: 'alice' };

/** A gate that decides as the one in memory does, but is asked about stops as one that other processes share. */
function sharedAs(beforeStop: (engine: GateEngine) => Promise<StopVerdict>): Gate {
  const memory = memoryGate();
  return {
    connect(engine) {
      const connected = memory.connect(engine);
      return {
        joined: (conversation) => connected.joined(conversation),
        left: (conversation) => connected.left(conversation),
        forgotten: (conversation) => connected.forgotten(conversation),
        admit: (...asked) => connected.admit(...asked),
        report: (...told) => connected.report(...told),
        beforeStop: () => beforeStop(engine),
        rateLimited: (...told) => connected.rateLimited(...told),
        paceMs: (conversation) => connected.paceMs(conversation),
        pauseOf: (...asked) => connected.pauseOf(...asked),
        nameSession: ({ key }) => `session of ${key}`,
        close: () => connected.close(),
      };
    },
  };
}

describe('a conversation that sessions of another process hold', () => {
  test.for(['after the stop is withheld', 'before that'])(
    'is refreshed on when the last session here ends, adopted %s',
    async (when) => {
      const clock = virtualClock();
      const chat = fakeProvider({
        capabilities: { ttl: { kind: 'fixed', ms: 10_000, source: 'documented' } },
      });
      const gate = sharedAs(async (engine) => {
        if (when === 'before that') engine.adopt('chat', alice, { nextStartInMs: 1_000 });
        return 'raise';
      });
      const typing = createTyping({ channels: { chat }, clock, gate, random: () => 0 });
      const session = typing.keep('chat', alice);
      await clock.advance(1_000);
      // Its last start is still in flight, and would be waited for.
      chat.hangNext();
      await clock.advance(7_500);
      expect(chat.starts).toHaveLength(2);
      void session.stop();
      await clock.advance(3_000);
      expect(chat.stops).toHaveLength(0);
      expect(chat.starts).toHaveLength(3);
      await typing.close();
    },
  );
});

describe('a gate that names sessions', () => {
  test('lets them be found by that name', async () => {
    const clock = virtualClock();
    const chat = fakeProvider({ conversationKey: () => 'alice' });
    const gate = sharedAs(async () => 'stop');
    const typing = createTyping({ channels: { chat }, clock, gate });
    const session = typing.keep('chat', alice);
    expect(session.id).toBe('session of alice');
    expect(typing.session('session of alice')).toBe(session);
    await typing.close();
  });
});
