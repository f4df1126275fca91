import type { KeepOptions, TypingFallback } from '@typingkit/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };

afterEach(() => {
  vi.restoreAllMocks();
});

/** A fallback that writes down what it is told, and takes its time. */
function diary(
  clock: ReturnType<typeof virtualTyping>['clock'],
  stepMs = 0,
): {
  readonly fallback: Required<TypingFallback>;
  readonly lines: string[];
} {
  const lines: string[] = [];
  const step = (name: string) => async (wishes: { readonly status?: string | undefined }) => {
    lines.push(wishes.status === undefined ? name : `${name} ${wishes.status}`);
    if (stepMs > 0) await new Promise<void>((resolve) => void clock.setTimer(resolve, stepMs));
    lines.push(`${name} done`);
  };
  return { fallback: { show: step('show'), update: step('update'), clear: step('clear') }, lines };
}

const shown = ['show', 'show done'];
const whole = [...shown, 'clear', 'clear done'];

describe('a fallback', () => {
  test('is left alone where the indicator shows', async () => {
    const { typing, clock } = virtualTyping();
    const { fallback, lines } = diary(clock);
    const session = typing.keep('chat', alice, { fallback });
    await clock.advance(30_000);
    await session.stop();
    await clock.advance(0);
    expect(lines).toEqual([]);
  });

  test('takes over where the capabilities say that nothing shows, and no start goes out', async () => {
    const { typing, provider, clock, events } = virtualTyping({ shows: false });
    const { fallback, lines } = diary(clock);
    const session = typing.keep('chat', alice, { fallback });
    await clock.advance(30_000);
    expect(session.state).toBe('fallback');
    expect(lines).toEqual(shown);
    await session.stop();
    await clock.advance(0);
    expect(lines).toEqual(whole);
    expect(provider.calls).toEqual([]);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'fallback', reason: 'nothing-shows', sessionId: session.id }),
    );
  });

  test.for(['forbidden', 'unsupported', 'not-found', 'rejected', 'invalid-target'] as const)(
    'takes over where a start is refused as %s, and the session goes on',
    async (code) => {
      const { typing, provider, clock, events } = virtualTyping();
      const { fallback, lines } = diary(clock);
      provider.failNext(code);
      const session = typing.keep('chat', alice, { fallback });
      await clock.advance(30_000);
      expect(session.state).toBe('fallback');
      expect(session.error).toMatchObject({ code });
      expect(typing.sessions()).toMatchObject([{ id: session.id, state: 'fallback' }]);
      expect(provider.starts).toHaveLength(1);
      expect(lines).toEqual(shown);
      await session.stop();
      await expect(session.closed).resolves.toBe('stopped');
      await clock.advance(0);
      expect(lines).toEqual(whole);
      expect(typing.sessions()).toEqual([]);
      expect(events).toContainEqual(
        expect.objectContaining({ type: 'fallback', reason: 'refused' }),
      );
    },
  );

  test.for(['unauthenticated', 'rate-limited', 'unavailable', 'network'] as const)(
    'is left alone where a start fails as %s, which may pass',
    async (code) => {
      const { typing, provider, clock } = virtualTyping();
      const { fallback, lines } = diary(clock);
      provider.failNext(code, { times: 5 });
      typing.keep('chat', alice, { fallback });
      await clock.advance(60_000);
      expect(lines).toEqual([]);
    },
  );

  test('is shown once, however many refusals there are, and to each session its own', async () => {
    const { typing, provider, clock } = virtualTyping();
    const [one, other] = [diary(clock), diary(clock)];
    provider.failNext('forbidden', { times: 5 });
    typing.keep('chat', alice, { fallback: one.fallback });
    const without = typing.keep('chat', alice);
    await clock.advance(0);
    await expect(without.closed).resolves.toBe('refused');
    typing.keep('chat', alice, { fallback: other.fallback });
    await clock.advance(10_000);
    expect([one.lines, other.lines]).toEqual([shown, shown]);
    await typing.close();
    expect([one.lines, other.lines]).toEqual([whole, whole]);
  });

  test('is called one after another, and only the newest update counts', async () => {
    const { typing, clock } = virtualTyping({ shows: false });
    const { fallback, lines } = diary(clock, 1_000);
    const session = typing.keep('chat', alice, { fallback, status: 'thinking' });
    await clock.advance(100);
    session.update({ status: 'one' });
    session.update({ status: 'two' });
    await clock.advance(2_000);
    session.update({ status: 'three' });
    await clock.advance(100);
    void session.stop();
    session.update({ status: 'too late' });
    await clock.advance(5_000);
    expect(lines).toEqual([
      'show thinking',
      'show done',
      'update two',
      'update done',
      'update three',
      'update done',
      'clear',
      'clear done',
    ]);
  });

  test('that has not begun is not shown, and not cleared', async () => {
    const { typing, clock } = virtualTyping({ shows: false });
    const { fallback, lines } = diary(clock);
    await typing.keep('chat', alice, { fallback }).stop();
    const delayed = typing.keep('chat', alice, { fallback, delayMs: 1_000 });
    await clock.advance(900);
    await delayed.stop();
    await clock.advance(1_000);
    expect(lines).toEqual([]);
  });

  test('is cleared while the session pauses, and shown again when it goes on', async () => {
    const { typing, clock } = virtualTyping({ shows: false });
    const { fallback, lines } = diary(clock);
    const session = typing.keep('chat', alice, { fallback });
    await clock.advance(0);
    session.pause();
    await clock.advance(1_000);
    expect(lines).toEqual(whole);
    session.resume();
    await clock.advance(0);
    expect(lines).toEqual([...whole, ...shown]);
    expect(session.state).toBe('fallback');
  });

  test.for<readonly [string, KeepOptions]>([
    ['idle', { idleTimeoutMs: 5_000 }],
    ['max-duration', { maxDurationMs: 5_000 }],
  ])('is cleared when the session ends as %s', async ([reason, caps]) => {
    const { typing, clock } = virtualTyping({ shows: false });
    const { fallback, lines } = diary(clock);
    const session = typing.keep('chat', alice, { ...caps, fallback });
    await clock.advance(4_900);
    expect(lines).toEqual(shown);
    await clock.advance(200);
    await expect(session.closed).resolves.toBe(reason);
    expect(lines).toEqual(whole);
  });

  test('is cleared by a stop of the conversation and by its signal', async () => {
    const { typing, clock } = virtualTyping({ shows: false });
    const [one, other] = [diary(clock), diary(clock)];
    const controller = new AbortController();
    typing.keep('chat', alice, { fallback: one.fallback });
    typing.keep('chat', { chat: 'bob' }, { fallback: other.fallback, signal: controller.signal });
    await clock.advance(0);
    await typing.stop('chat', alice);
    controller.abort();
    await clock.advance(0);
    expect([one.lines, other.lines]).toEqual([whole, whole]);
  });

  test('stands in for the indicator around work, and never hurts it', async () => {
    const { typing, clock } = virtualTyping({ shows: false });
    const { fallback, lines } = diary(clock);
    const value = typing.with(
      'chat',
      alice,
      async (session) => {
        await clock.advance(1_000);
        return session.state;
      },
      { fallback },
    );
    await expect(value).resolves.toBe('fallback');
    await clock.advance(0);
    expect(lines).toEqual(whole);
  });

  test('that hangs delays the work by settleMs at most, and is given up after ten seconds', async () => {
    const { typing, clock, events } = virtualTyping({ shows: false });
    const cleared = vi.fn();
    let signal: AbortSignal | undefined;
    const fallback: TypingFallback = {
      show: (_wishes, call) => {
        signal = call.signal;
        return new Promise(() => {});
      },
      clear: cleared,
    };
    let isOver = false;
    const work = (): Promise<void> => clock.advance(1_000);
    void typing.with('chat', alice, work, { fallback }).then(() => {
      isOver = true;
    });
    await clock.advance(1_200);
    expect(isOver).toBe(false);
    await clock.advance(100);
    expect(isOver).toBe(true);
    expect(cleared).not.toHaveBeenCalled();
    await clock.advance(9_000);
    expect(signal?.aborted).toBe(true);
    expect(cleared).toHaveBeenCalledOnce();
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'fallback-failed', step: 'show', why: 'timeout' }),
    );
    expect(clock.pendingTimers).toBe(0);
  });

  test.for(['throws', 'rejects'] as const)(
    'that %s is told, quotes nothing, and is cleaned up',
    async (how) => {
      const { typing, clock, events } = virtualTyping({ shows: false });
      const fail = (): never => {
        throw new Error('the-secret');
      };
      const show = how === 'throws' ? fail : async () => fail();
      const clear = vi.fn(show);
      const session = typing.keep('chat', alice, { fallback: { show, clear } });
      await clock.advance(0);
      expect(session.state).toBe('fallback');
      await session.stop();
      await clock.advance(0);
      expect(clear).toHaveBeenCalledOnce();
      const failures = events.filter(({ type }) => type === 'fallback-failed');
      expect(failures).toMatchObject([
        { step: 'show', why: 'threw', isFirst: true },
        { step: 'clear', why: 'threw', isFirst: true },
      ]);
      expect(JSON.stringify(events)).not.toContain('the-secret');
    },
  );

  test('that fails again and again is warned of once where nobody observes', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { typing, clock } = virtualTyping({ shows: false }, { onEvent: undefined });
    const show = (): never => {
      throw new Error('the-secret');
    };
    for (let turn = 0; turn < 3; turn += 1) {
      const session = typing.keep('chat', alice, { fallback: { show } });
      await clock.advance(0);
      await session.stop();
    }
    expect(warn.mock.calls).toEqual([['[chat/fake] show() of the fallback threw an error']]);
  });

  test('is copied, and keeps the object that its methods belong to', async () => {
    const { typing, clock } = virtualTyping({ shows: false });
    class Placeholder {
      readonly lines: string[] = [];
      show(): void {
        this.lines.push('show');
      }
      clear(): void {
        this.lines.push('clear');
      }
    }
    const placeholder = new Placeholder();
    const session = typing.keep('chat', alice, { fallback: placeholder });
    placeholder.show = () => placeholder.lines.push('changed');
    await clock.advance(0);
    await session.stop();
    await clock.advance(0);
    expect(placeholder.lines).toEqual(['show', 'clear']);
  });

  test('goes to waitUntil with its clear, and close waits for it', async () => {
    const background: Promise<void>[] = [];
    const waitUntil = (promise: Promise<void>): void => void background.push(promise);
    const { typing, clock } = virtualTyping({ shows: false }, { waitUntil });
    const { fallback, lines } = diary(clock, 500);
    typing.keep('chat', alice, { fallback });
    await clock.advance(1_000);
    const closed = typing.close().then(() => lines.push('closed'));
    await clock.advance(1_000);
    await closed;
    expect(lines).toEqual([...whole, 'closed']);
    expect(background.length).toBeGreaterThan(0);
    await Promise.all(background);
  });

  test.for([null, {}, { show: 1 }, { show() {}, clear: 1 }, { show() {}, update: 'x' }])(
    'cannot be %o',
    (fallback) => {
      const { typing } = virtualTyping();
      const options = { fallback } as unknown as KeepOptions;
      expect(() => typing.keep('chat', alice, options)).toThrow(
        expect.objectContaining({ code: 'misconfigured' }),
      );
    },
  );
});
