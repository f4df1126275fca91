import { describe, expect, test, vi } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };
const bob = { chat: 'bob' };
const minute = 60_000;

describe('keep', () => {
  test('starts at once and refreshes at 0.8 of the lifetime', async () => {
    const { typing, provider, clock } = virtualTyping();
    const session = typing.keep('chat', alice);
    expect(provider.starts).toHaveLength(1);
    await clock.advance(7_999);
    expect(provider.starts).toHaveLength(1);
    await clock.advance(1);
    expect(provider.starts).toHaveLength(2);
    await clock.advance(16_000);
    expect(provider.starts).toHaveLength(4);
    await session.stop();
  });

  test('refreshes as the vendor or its field says, where it says', async () => {
    const { typing, provider, clock } = virtualTyping({ refreshMs: 5_000 });
    typing.keep('chat', alice);
    await clock.advance(5_000);
    expect(provider.starts).toHaveLength(2);
  });

  test('believes the lifetime in the answer', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.answerNext({ visibleForMs: 50_000 });
    typing.keep('chat', alice);
    await clock.advance(39_999);
    expect(provider.starts).toHaveLength(1);
    await clock.advance(1);
    expect(provider.starts).toHaveLength(2);
  });

  test('refreshes up to a tenth earlier, so that conversations do not refresh in step', async () => {
    const { typing, provider, clock } = virtualTyping({}, { random: () => 0.999 });
    typing.keep('chat', alice);
    await clock.advance(7_205);
    expect(provider.starts).toHaveLength(2);
  });

  test('never starts more often than minIntervalMs, whatever a session wishes', async () => {
    const { typing, provider, clock } = virtualTyping({}, { random: () => 0.999 });
    typing.keep('chat', alice, { refreshEveryMs: 10 });
    await clock.advance(2_999);
    expect(provider.starts).toHaveLength(1);
    await clock.advance(1);
    expect(provider.starts).toHaveLength(2);
  });

  test('does not repeat where the vendor forbids it', async () => {
    const { typing, provider, clock } = virtualTyping({
      repeat: 'forbidden',
      ttl: { kind: 'until-stopped' },
    });
    const session = typing.keep('chat', alice);
    await clock.advance(5 * minute);
    session.touch();
    expect(provider.starts).toHaveLength(1);
    await session.stop();
    expect(provider.stops).toHaveLength(1);
  });

  test('repeats only when it is gone where a repeat would be ignored', async () => {
    const { typing, provider, clock } = virtualTyping({ repeat: 'ignored-while-visible' });
    typing.keep('chat', alice);
    await clock.advance(9_995);
    expect(provider.starts).toHaveLength(1);
    await clock.advance(10);
    expect(provider.starts).toHaveLength(2);
  });

  test('sends nothing where the work is faster than delayMs', async () => {
    const { typing, provider, clock, eventTypes } = virtualTyping();
    const session = typing.keep('chat', alice, { delayMs: 500 });
    expect(session.state).toBe('delayed');
    await clock.advance(499);
    await session.stop();
    await clock.advance(minute);
    expect(provider.calls).toHaveLength(0);
    expect(eventTypes()).toEqual(['closed']);
  });

  test('starts after delayMs', async () => {
    const { typing, provider, clock } = virtualTyping();
    typing.keep('chat', alice, { delayMs: 500 });
    await clock.advance(500);
    expect(provider.starts).toHaveLength(1);
  });

  test('ends after two minutes of silence, and lives on while it is touched', async () => {
    const { typing, provider, clock } = virtualTyping();
    const session = typing.keep('chat', alice);
    for (let turn = 0; turn < 4; turn += 1) {
      await clock.advance(100_000);
      session.touch();
    }
    expect(session.state).toBe('active');
    await clock.advance(119_000);
    expect(session.state).toBe('active');
    await clock.advance(1_000);
    await expect(session.closed).resolves.toBe('idle');
    expect(provider.stops).toHaveLength(1);
  });

  test('ends after ten minutes, however often it is touched', async () => {
    const { typing, clock } = virtualTyping();
    const session = typing.keep('chat', alice);
    for (let turn = 0; turn < 9; turn += 1) {
      await clock.advance(minute);
      session.touch();
    }
    expect(session.state).toBe('active');
    await clock.advance(minute);
    await expect(session.closed).resolves.toBe('max-duration');
  });

  test('clears when it is stopped, and starts nothing afterwards', async () => {
    const { typing, provider, clock, eventTypes } = virtualTyping();
    const session = typing.keep('chat', alice);
    await clock.advance(20_000);
    const starts = provider.starts.length;
    await session.stop();
    await clock.advance(10 * minute);
    expect(provider.starts).toHaveLength(starts);
    expect(provider.stops).toHaveLength(1);
    expect(eventTypes()).toEqual(['started', 'refreshed', 'refreshed', 'closed', 'cleared']);
    await expect(session.closed).resolves.toBe('stopped');
  });

  test('tells how soon it is gone where the vendor has no stop', async () => {
    const { typing, provider, clock, events } = virtualTyping({ stop: 'expires' });
    const session = typing.keep('chat', alice);
    await clock.advance(1_000);
    await session.stop();
    await clock.advance(minute);
    expect(provider.calls).toHaveLength(1);
    expect(events).toContainEqual(expect.objectContaining({ type: 'expired', withinMs: 9_000 }));
  });

  test('is one bubble for many sessions: the first starts it, the last clears it', async () => {
    const { typing, provider, clock } = virtualTyping();
    const [first, second] = [typing.keep('chat', alice), typing.keep('chat', alice)];
    await clock.advance(1_000);
    expect(provider.starts).toHaveLength(1);
    await first.stop();
    await first.stop();
    await clock.advance(8_000);
    expect(provider.starts).toHaveLength(2);
    expect(provider.stops).toHaveLength(0);
    await second.stop();
    await clock.advance(0);
    expect(provider.stops).toHaveLength(1);
  });

  test('keeps conversations apart', async () => {
    const { typing, provider, clock } = virtualTyping();
    const session = typing.keep('chat', alice);
    typing.keep('chat', bob);
    await session.stop();
    await clock.advance(8_000);
    expect(provider.stops.map(({ target }) => target)).toEqual([alice]);
    expect(provider.starts.map(({ target }) => target)).toEqual([alice, bob, bob]);
  });

  test('sends the stop behind a start in flight that settles', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext();
    const session = typing.keep('chat', alice);
    const stopped = vi.fn();
    void session.stop().then(stopped);
    await clock.advance(100);
    expect(provider.stops).toHaveLength(0);
    expect(stopped).not.toHaveBeenCalled();
    provider.release();
    await clock.advance(0);
    expect(stopped).toHaveBeenCalled();
    expect(provider.stops).toHaveLength(1);
  });

  test('sends the stop after settleMs behind a start that never settles', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext({ ignoreSignal: true });
    const session = typing.keep('chat', alice);
    const stopped = vi.fn();
    void session.stop().then(stopped);
    await clock.advance(249);
    expect(provider.stops).toHaveLength(0);
    await clock.advance(1);
    expect(stopped).toHaveBeenCalled();
    expect(provider.starts[0]?.options.signal?.aborted).toBe(true);
    expect(provider.stops).toHaveLength(1);
  });

  test('a new session waits for the stop that is on its way', async () => {
    const { typing, provider, clock } = virtualTyping();
    const session = typing.keep('chat', alice);
    await clock.advance(0);
    provider.hangNext({ operation: 'stop' });
    void session.stop();
    typing.keep('chat', alice);
    await clock.advance(0);
    expect(provider.calls.map(({ operation }) => operation)).toEqual(['start', 'stop']);
    provider.release();
    await clock.advance(0);
    expect(provider.calls.map(({ operation }) => operation)).toEqual(['start', 'stop', 'start']);
  });

  test('a tick that comes while a start is in flight is dropped', async () => {
    const { typing, provider, clock } = virtualTyping();
    typing.keep('chat', alice);
    await clock.advance(7_999);
    provider.hangNext();
    await clock.advance(9_000);
    expect(provider.starts).toHaveLength(2);
    provider.release();
    await clock.advance(0);
    expect(provider.starts).toHaveLength(3);
  });

  test('after a pause of the machine makes one start, no burst', async () => {
    const { typing, provider, clock } = virtualTyping();
    typing.keep('chat', alice, { idleTimeoutMs: 60 * minute, maxDurationMs: 60 * minute });
    await clock.advance(0);
    const { now } = clock;
    vi.spyOn(clock, 'now').mockImplementation(() => now() + 20 * minute);
    await clock.advance(8_000);
    expect(provider.starts).toHaveLength(2);
    await clock.advance(500);
    expect(provider.starts).toHaveLength(2);
  });

  test('a start that takes too long counts as failed and is aborted', async () => {
    const { typing, provider, clock, events } = virtualTyping();
    provider.hangNext({ ignoreSignal: true });
    typing.keep('chat', alice);
    await clock.advance(10_005);
    expect(provider.starts[0]?.options.signal?.aborted).toBe(true);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'failed',
        error: expect.objectContaining({ code: 'timeout' }),
      }),
    );
    await clock.advance(5_000);
    expect(provider.starts).toHaveLength(2);
  });

  test('a message clears: it is raised again after a second, and needs no stop', async () => {
    const { typing, provider, clock } = virtualTyping();
    const session = typing.keep('chat', alice);
    await clock.advance(2_000);
    session.messageSent();
    await clock.advance(999);
    expect(provider.starts).toHaveLength(1);
    await clock.advance(1);
    expect(provider.starts).toHaveLength(2);
    session.messageSent();
    await session.stop();
    await clock.advance(minute);
    expect(provider.starts).toHaveLength(2);
    expect(provider.stops).toHaveLength(0);
  });

  test('clears all the same where a start was in flight when the message went out', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext();
    const session = typing.keep('chat', alice);
    session.messageSent();
    void session.stop();
    await clock.advance(250);
    expect(provider.stops).toHaveLength(1);
  });

  test('ends with its signal, and leaves no listener on it', async () => {
    const { typing, provider, clock } = virtualTyping();
    const controller = new AbortController();
    const session = typing.keep('chat', alice, { signal: controller.signal });
    await clock.advance(0);
    controller.abort();
    await expect(session.closed).resolves.toBe('aborted');
    await clock.advance(minute);
    expect(provider.calls.map(({ operation }) => operation)).toEqual(['start', 'stop']);
    const late = typing.keep('chat', bob, { signal: controller.signal });
    await expect(late.closed).resolves.toBe('aborted');
    expect(provider.calls).toHaveLength(2);
  });

  test('lives as long as an `await using` block', async () => {
    const { typing, provider, clock } = virtualTyping();
    {
      await using session = typing.keep('chat', alice);
      expect(session.state).toBe('starting');
    }
    await clock.advance(0);
    expect(provider.calls.map(({ operation }) => operation)).toEqual(['start', 'stop']);
  });

  test('a one-shot stop ends the sessions of its conversation', async () => {
    const { typing, provider, clock } = virtualTyping();
    const [session, other] = [typing.keep('chat', alice), typing.keep('chat', bob)];
    await clock.advance(0);
    await expect(typing.stop('chat', alice)).resolves.toMatchObject({ status: 'cleared' });
    await expect(session.closed).resolves.toBe('stopped');
    expect(other.state).toBe('active');
    await clock.advance(8_000);
    expect(provider.starts.map(({ target }) => target)).toEqual([alice, bob, bob]);
  });

  test('joins what a one-shot send has started', async () => {
    const { typing, provider, clock } = virtualTyping();
    await typing.send('chat', alice);
    typing.keep('chat', alice);
    await clock.advance(7_999);
    expect(provider.starts).toHaveLength(1);
    await clock.advance(1);
    expect(provider.starts).toHaveLength(2);
  });

  test('uses the newest target of a conversation', async () => {
    const { typing, provider, clock } = virtualTyping();
    const older = { chat: 'alice', message: 1 };
    const newer = { chat: 'alice', message: 2 };
    typing.keep('chat', older);
    typing.keep('chat', newer);
    await clock.advance(8_000);
    expect(provider.starts.map(({ target }) => target)).toEqual([older, newer]);
  });

  test.for([
    { idleTimeoutMs: 0 },
    { maxDurationMs: -1 },
    { refreshEveryMs: NaN },
    { delayMs: -1 },
    { settleMs: Infinity },
  ])('refuses %o', (options) => {
    const { typing, provider } = virtualTyping();
    expect(() => typing.keep('chat', alice, options)).toThrow(
      expect.objectContaining({ code: 'misconfigured' }),
    );
    expect(provider.calls).toHaveLength(0);
    expect(typing.sessions()).toEqual([]);
  });

  test('shows what is alive', async () => {
    const { typing, clock } = virtualTyping();
    const session = typing.keep('chat', alice);
    typing.keep('chat', bob, { delayMs: 5_000 });
    await clock.advance(1_000);
    expect(typing.sessions()).toMatchObject([
      { channel: 'chat', provider: 'fake', state: 'active', ageMs: 1_000, target: alice },
      { channel: 'chat', provider: 'fake', state: 'delayed', ageMs: 1_000, target: bob },
    ]);
    await session.stop();
    expect(typing.sessions()).toHaveLength(1);
  });

  test('tells the observer what the vendor said of a start', async () => {
    const { typing, provider, clock, events } = virtualTyping();
    const warnings = [{ code: 'account-mismatch', message: 'Another account typed.' }];
    provider.answerNext({ traceId: 't-1', warnings });
    typing.keep('chat', alice);
    await clock.advance(0);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'started', traceId: 't-1', warnings }),
    );
  });

  test('leaves no timer behind', async () => {
    const { typing, clock } = virtualTyping({ stop: 'expires' });
    const sessions = [typing.keep('chat', alice), typing.keep('chat', bob, { delayMs: 100 })];
    await clock.advance(1_000);
    await Promise.all(sessions.map((session) => session.stop()));
    await clock.advance(10_000);
    expect(clock.pendingTimers).toBe(0);
  });

  test('hands its background work to the runtime', async () => {
    const background: Promise<void>[] = [];
    const { typing, provider, clock } = virtualTyping(
      {},
      { waitUntil: (promise) => background.push(promise) },
    );
    const session = typing.keep('chat', alice);
    await clock.advance(0);
    provider.failNext('network', { operation: 'stop', times: 2 });
    await session.stop();
    const settled = expect(Promise.all(background)).resolves.toBeDefined();
    expect(background).toHaveLength(1);
    await clock.advance(500);
    await settled;
  });

  test('is not hurt by an observer that throws or rejects', async () => {
    const { typing, provider, clock } = virtualTyping(
      {},
      {
        onEvent: ({ type }) => {
          if (type === 'started') throw new Error('observer');
          return Promise.reject(new Error('observer'));
        },
      },
    );
    const session = typing.keep('chat', alice);
    await clock.advance(8_000);
    await session.stop();
    await clock.advance(0);
    expect(provider.calls.map(({ operation }) => operation)).toEqual(['start', 'start', 'stop']);
  });
});
