import { createTyping, type Typing, TypingError, type TypingEvent } from '@typingkit/core';
import { fakeProvider, virtualClock } from '@typingkit/testing/fake';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ChatTarget, virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };
const bob = { chat: 'bob' };

afterEach(() => {
  vi.restoreAllMocks();
});

describe('observe', () => {
  test('hears what an existing Typing does, until it ends', async () => {
    const { typing, clock } = virtualTyping({}, { onEvent: undefined });
    const types: string[] = [];
    const end = typing.observe(({ type }) => types.push(type));
    const session = typing.keep('chat', alice);
    await clock.advance(0);
    await session.stop();
    await clock.advance(0);
    expect(types).toEqual(['opened', 'started', 'closed', 'cleared']);
    end();
    end();
    await typing.send('chat', bob);
    typing.keep('chat', bob);
    expect(types).toHaveLength(4);
  });

  test('hears beside onEvent and beside others', async () => {
    const { typing, events } = virtualTyping();
    const [one, other] = [vi.fn(), vi.fn()];
    const end = typing.observe(one);
    typing.observe(other);
    typing.observe(one);
    await typing.send('chat', alice);
    expect(one).toHaveBeenCalledTimes(2 * events.length);
    expect(other).toHaveBeenCalledTimes(events.length);
    end();
    typing.keep('chat', bob);
    expect(one.mock.calls.length).toBeLessThan(2 * events.length);
  });

  test('is told of a session before keep returns, and gets its id', () => {
    const { typing } = virtualTyping();
    const heard: TypingEvent[] = [];
    typing.observe((event) => heard.push(event));
    const session = typing.keep('chat', alice, { label: 'turn 7' });
    expect(heard[0]).toMatchObject({
      type: 'opened',
      sessionId: session.id,
      label: 'turn 7',
      channel: 'chat',
      provider: 'fake',
    });
    void session.stop();
    expect(heard.at(-1)).toMatchObject({ type: 'closed', sessionId: session.id, label: 'turn 7' });
  });

  test('leaves the warnings to those who have no onEvent', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { typing, provider, clock } = virtualTyping({}, { onEvent: undefined });
    typing.observe(() => {});
    provider.failNext('unavailable');
    typing.keep('chat', alice);
    await clock.advance(0);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  test('survives listeners that throw, reject or come and go', async () => {
    const { typing, clock } = virtualTyping();
    typing.observe(() => {
      throw new Error('observer');
    });
    typing.observe(() => Promise.reject(new Error('observer')));
    const end = typing.observe(() => {
      end();
      typing.observe(() => {});
    });
    typing.keep('chat', alice);
    await clock.advance(0);
    expect(typing.sessions()).toHaveLength(1);
  });

  test.for([undefined, null, 'listener', {}])('refuses %o', (listener) => {
    const { typing } = virtualTyping();
    expect(() => typing.observe(listener as () => void)).toThrow(
      expect.objectContaining({ code: 'misconfigured', message: 'listener must be a function' }),
    );
  });
});

/** What an observer may do with an event: everything. */
const verbs: Readonly<Record<string, (typing: Typing<{ chat: ChatTarget }>) => unknown>> = {
  send: (typing) => typing.send('chat', alice),
  stop: (typing) => typing.stop('chat', alice),
  keep: (typing) => typing.keep('chat', alice),
  'keep elsewhere': (typing) => typing.keep('chat', bob, { maxDurationMs: 1_000 }),
  'with a function': (typing) => typing.with('chat', alice, () => 1),
  'with a promise': (typing) => typing.with('chat', alice, Promise.resolve(1)),
  'with a stream': async (typing) => {
    async function* answer(): AsyncGenerator<number> {
      yield 1;
    }
    for await (const _ of typing.with('chat', alice, answer())) continue;
  },
  messageSent: (typing) => typing.messageSent('chat', alice),
  sessions: (typing) => typing.sessions(),
  'stop all that it finds': (typing) => {
    for (const { id } of typing.sessions()) void typing.session(id)?.stop();
  },
  'message and touch': (typing) => {
    for (const { id } of typing.sessions()) {
      typing.session(id)?.touch();
      typing.session(id)?.messageSent();
    }
  },
  observe: (typing) => typing.observe(() => {}),
  diagnose: (typing) => typing.diagnose('chat', alice),
  close: (typing) => typing.close(),
};

/** A story in which each type of event happens. */
const stories: Readonly<Record<string, (playing: Playing) => Promise<void>>> = {
  'opened, started, refreshed, closed and cleared': async ({ typing, clock }) => {
    const session = typing.keep('chat', alice);
    await clock.advance(12_000);
    await session.stop();
  },
  coalesced: async ({ typing, clock }) => {
    typing.keep('chat', alice);
    typing.keep('chat', alice);
    await clock.advance(1_000);
  },
  'skipped: disabled': async ({ typing, clock, state }) => {
    state.enabled = false;
    typing.keep('chat', alice);
    await clock.advance(12_000);
    state.enabled = true;
    await clock.advance(60_000);
  },
  'failed, suspended and resumed': async ({ typing, clock, provider }) => {
    provider.failNext('unavailable', { times: 4 });
    typing.keep('chat', alice);
    await clock.advance(60_000);
  },
  'suspended: the credential': async ({ typing, clock, provider }) => {
    provider.failNext('unauthenticated', { times: 4 });
    typing.keep('chat', alice);
    await clock.advance(60_000);
  },
  'skipped: rate-limited': async ({ typing, clock, provider }) => {
    provider.failNext('rate-limited', { details: { retryAfterMs: 5_000 } });
    typing.keep('chat', alice);
    await clock.advance(60_000);
  },
  refused: async ({ typing, clock, provider }) => {
    provider.failNext('forbidden');
    typing.keep('chat', alice);
    await clock.advance(10_000);
  },
  'refused, many': async ({ typing, clock, provider }) => {
    provider.failNext('forbidden');
    for (let nth = 0; nth < 5; nth += 1) typing.keep('chat', alice);
    await clock.advance(10_000);
  },
  'stopped from outside': async ({ typing, clock }) => {
    for (let nth = 0; nth < 5; nth += 1) typing.keep('chat', alice);
    await clock.advance(1_000);
    await Promise.race([typing.stop('chat', alice).catch(() => {}), clock.advance(20_000)]);
  },
  closed: async ({ typing, clock }) => {
    for (let nth = 0; nth < 5; nth += 1) typing.keep('chat', alice);
    await clock.advance(1_000);
    await typing.close();
  },
  'ended by its caps': async ({ typing, clock }) => {
    typing.keep('chat', alice, { idleTimeoutMs: 1_000 });
    typing.keep('chat', bob, { maxDurationMs: 1_000 });
    await clock.advance(3_000);
  },
  aborted: async ({ typing, clock }) => {
    const controller = new AbortController();
    for (let nth = 0; nth < 3; nth += 1) typing.keep('chat', alice, { signal: controller.signal });
    await clock.advance(1_000);
    controller.abort();
  },
};

interface Playing {
  readonly typing: Typing<{ chat: ChatTarget }>;
  readonly provider: ReturnType<typeof fakeProvider<ChatTarget>>;
  readonly clock: ReturnType<typeof virtualClock>;
  readonly state: { enabled: boolean };
}

describe.for(['explicit', 'expires'] as const)('where a stop is %s', (stop) => {
  describe.for(Object.entries(verbs))('an observer that calls %s', ([, verb]) => {
    test.for(Object.entries(stories))('survives %s', async ([, story]) => {
      const clock = virtualClock();
      const provider = fakeProvider<ChatTarget>({ capabilities: { stop, minIntervalMs: 3_000 } });
      const state = { enabled: true };
      const typing = createTyping({
        channels: { chat: provider },
        clock,
        random: () => 0,
        enabled: () => state.enabled,
        onEvent: () => {},
      });
      const heard: string[] = [];
      typing.observe(async ({ type }) => {
        heard.push(type);
        // Twice for each type of event: an observer that sends for every failure makes its own storm.
        if (heard.filter((each) => each === type).length <= 2) await verb(typing);
      });
      // What the story itself does after the observer has closed everything is refused.
      const failure: unknown = await story({ typing, provider, clock, state }).catch(
        (error: unknown) => error,
      );
      const code = TypingError.isInstance(failure) ? failure.code : failure;
      expect([undefined, 'stopped']).toContain(code);
      await clock.advance(60_000);
      expect(heard.length).toBeGreaterThan(0);
      expect(heard.length).toBeLessThan(500);
      expect(provider.starts.length).toBeLessThan(100);
      await typing.close();
      await clock.advance(600_000);
      expect(typing.sessions()).toEqual([]);
      expect(clock.pendingTimers).toBe(0);
    });
  });
});

describe('a session that an observer opens when it hears of an end', () => {
  test('is refused for the same conversation, and opens for another', async () => {
    const { typing, clock } = virtualTyping();
    const refusals: unknown[] = [];
    const others: unknown[] = [];
    typing.observe(({ type, conversation }) => {
      if (type !== 'closed' || conversation !== 'alice') return;
      others.push(typing.keep('chat', bob));
      try {
        typing.keep('chat', alice);
      } catch (error) {
        refusals.push(error);
      }
    });
    await typing.keep('chat', alice).stop();
    await clock.advance(0);
    expect(refusals).toMatchObject([{ code: 'stopped', channel: 'chat' }]);
    expect(others).toMatchObject([{ state: 'active' }]);
    expect(typing.keep('chat', alice).state).not.toBe('closed');
  });

  test('leaves the work of with alone', async () => {
    const { typing, clock } = virtualTyping();
    const works: Promise<number>[] = [];
    typing.observe(({ type }) => {
      if (type === 'closed') works.push(typing.with('chat', alice, () => 7));
    });
    await typing.keep('chat', alice).stop();
    await clock.advance(0);
    expect(works).toHaveLength(1);
    await expect(works[0]).resolves.toBe(7);
  });

  test('is refused by a Typing that closes', async () => {
    const { typing } = virtualTyping();
    const codes: unknown[] = [];
    typing.observe(({ type }) => {
      if (type !== 'closed') return;
      try {
        typing.keep('chat', bob);
      } catch (error) {
        codes.push(error);
      }
    });
    typing.keep('chat', alice);
    await typing.close();
    expect(codes).toMatchObject([{ code: 'stopped' }]);
  });
});

test('close called by an observer of close is the same close', async () => {
  const { typing } = virtualTyping();
  const inner: Promise<void>[] = [];
  typing.observe(() => void inner.push(typing.close()));
  typing.keep('chat', alice);
  const outer = typing.close();
  await outer;
  expect(inner.length).toBeGreaterThan(0);
  for (const each of inner) expect(each).toBe(inner[0]);
});

test('an observer that opens a session for every event it hears comes to an end', async () => {
  const { typing, clock } = virtualTyping();
  let heard = 0;
  typing.observe(() => {
    heard += 1;
    typing.keep('chat', { chat: `${heard}` });
    typing.keep('chat', alice);
  });
  typing.keep('chat', alice);
  expect(heard).toBeGreaterThan(1);
  expect(heard).toBeLessThan(500);
  await typing.close();
  await clock.advance(0);
  expect(typing.sessions()).toEqual([]);
});
