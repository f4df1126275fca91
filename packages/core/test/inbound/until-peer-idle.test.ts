import { describe, expect, test } from 'vitest';
import { people, typed } from './people.ts';

const alice = { chat: 'alice' };

/** Whether a promise has settled by now, and how. */
function follow(promise: Promise<boolean>): { settled?: unknown } {
  const seen: { settled?: unknown } = {};
  promise.then(
    (value) => Object.assign(seen, { settled: value }),
    (error: unknown) => Object.assign(seen, { settled: error }),
  );
  return seen;
}

describe('untilPeerIdle', () => {
  test('resolves at once where nothing is known, and where nobody tells', async () => {
    const { typing } = people();
    await expect(typing.untilPeerIdle('chat', alice)).resolves.toBe(true);
    await expect(typing.untilPeerIdle('mute', alice)).resolves.toBe(true);
  });

  test('waits until they have been quiet for a while', async () => {
    const { typing, clock } = people();
    typing.receive(typed('alice', 'started'));
    const wait = follow(typing.untilPeerIdle('chat', alice, { quietMs: 1_000 }));
    await clock.advance(5_000);
    typing.receive(typed('alice', 'stopped'));
    await clock.advance(900);
    expect(wait.settled).toBeUndefined();
    typing.receive(typed('alice', 'started'));
    await clock.advance(5_000);
    expect(wait.settled).toBeUndefined();
    typing.receive(typed('bob', 'stopped'));
    typing.receive(typed('alice', 'stopped'));
    await clock.advance(999);
    expect(wait.settled).toBeUndefined();
    await clock.advance(1);
    expect(wait.settled).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  test('counts from when they ceased, not from when it is asked', async () => {
    const { typing, clock } = people();
    typing.receive(typed('alice', 'started'));
    await clock.advance(1_000);
    typing.receive(typed('alice', 'stopped'));
    await clock.advance(1_500);
    const wait = follow(typing.untilPeerIdle('chat', alice));
    await clock.advance(499);
    expect(wait.settled).toBeUndefined();
    await clock.advance(1);
    expect(wait.settled).toBe(true);
    await expect(typing.untilPeerIdle('chat', alice)).resolves.toBe(true);
  });

  test('counts from when a started expired that nothing followed', async () => {
    const { typing, clock } = people();
    typing.receive(typed('alice', 'started', { expiresInMs: 5_000 }));
    const wait = follow(typing.untilPeerIdle('chat', alice, { quietMs: 1_000 }));
    await clock.advance(5_900);
    expect(wait.settled).toBeUndefined();
    typing.receive(typed('alice', 'stopped'));
    await clock.advance(200);
    expect(wait.settled).toBe(true);
  });

  test('says false when the longest wait is over', async () => {
    const { typing, clock } = people();
    typing.receive(typed('alice', 'started'));
    const wait = follow(typing.untilPeerIdle('chat', alice, { maxMs: 4_000 }));
    await clock.advance(3_999);
    expect(wait.settled).toBeUndefined();
    await clock.advance(1);
    expect(wait.settled).toBe(false);
    expect(clock.pendingTimers).toBeLessThanOrEqual(1);
    await expect(typing.untilPeerIdle('chat', alice, { maxMs: 0 })).resolves.toBe(false);
  });

  test('gives up with its signal, and leaves nothing behind', async () => {
    const { typing, clock } = people();
    typing.receive(typed('alice', 'started', { expiresInMs: 10_000 }));
    const controller = new AbortController();
    const wait = typing.untilPeerIdle('chat', alice, { signal: controller.signal });
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(wait).rejects.toBe(reason);
    const aborted = typing.untilPeerIdle('chat', alice, { signal: controller.signal });
    await expect(aborted).rejects.toBe(reason);
    await clock.advance(60_000);
    expect(clock.pendingTimers).toBe(0);
  });

  test('rejects as stopped when everything is closed', async () => {
    const { typing, clock } = people();
    typing.receive(typed('alice', 'started'));
    const wait = typing.untilPeerIdle('chat', alice);
    await typing.close();
    await expect(wait).rejects.toMatchObject({ code: 'stopped', channel: 'chat' });
    await expect(typing.untilPeerIdle('chat', alice)).rejects.toMatchObject({ code: 'stopped' });
    expect(clock.pendingTimers).toBe(0);
  });

  test('refuses what is not valid', async () => {
    const { typing } = people();
    const untyped = typing as unknown as Record<
      'untilPeerIdle',
      (...given: unknown[]) => Promise<boolean>
    >;
    await expect(untyped.untilPeerIdle('chatt', alice)).rejects.toMatchObject({
      code: 'unknown-channel',
    });
    for (const options of [null, { quietMs: -1 }, { maxMs: Infinity }, { quiet: 1 }]) {
      await expect(untyped.untilPeerIdle('chat', alice, options)).rejects.toMatchObject({
        code: 'misconfigured',
      });
    }
  });
});
