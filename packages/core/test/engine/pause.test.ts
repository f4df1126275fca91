import { describe, expect, test } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };
const minute = 60_000;

function operations(calls: readonly { readonly operation: string }[]): string[] {
  return calls.map(({ operation }) => operation);
}

describe('pause', () => {
  test('clears, sends nothing, and resume starts again', async () => {
    const { typing, provider, clock } = virtualTyping();
    const session = typing.keep('chat', alice);
    await clock.advance(5_000);
    session.pause();
    expect(session.state).toBe('paused');
    await clock.advance(5 * minute);
    expect(operations(provider.calls)).toEqual(['start', 'stop']);
    session.resume();
    expect(session.state).toBe('starting');
    await clock.advance(0);
    expect(session.state).toBe('active');
    await clock.advance(10_000);
    expect(operations(provider.calls)).toEqual(['start', 'stop', 'start', 'start']);
  });

  test('sends its clear behind a start in flight', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.hangNext();
    const session = typing.keep('chat', alice);
    await clock.advance(100);
    session.pause();
    await clock.advance(100);
    expect(provider.stops).toHaveLength(0);
    provider.release();
    await clock.advance(0);
    expect(operations(provider.calls)).toEqual(['start', 'stop']);
    await clock.advance(minute);
    expect(provider.starts).toHaveLength(1);
  });

  test('stands still for both caps', async () => {
    const { typing, clock } = virtualTyping();
    const caps = { idleTimeoutMs: 10_000, maxDurationMs: 30_000 };
    const session = typing.keep('chat', alice, caps);
    await clock.advance(8_000);
    session.pause();
    await clock.advance(30 * minute);
    expect(session.state).toBe('paused');
    session.resume();
    // Idle counts from now; of the longest duration 22 s are left.
    for (let passed = 0; passed < 2; passed += 1) {
      await clock.advance(9_000);
      session.touch();
    }
    expect(session.state).toBe('active');
    await clock.advance(4_100);
    await expect(session.closed).resolves.toBe('max-duration');
  });

  test('lets a silent session end by itself when it goes on', async () => {
    const { typing, clock } = virtualTyping();
    const session = typing.keep('chat', alice, { idleTimeoutMs: 10_000 });
    session.pause();
    await clock.advance(minute);
    session.resume();
    await clock.advance(9_000);
    expect(session.state).toBe('active');
    await clock.advance(1_100);
    await expect(session.closed).resolves.toBe('idle');
  });

  test('of one session leaves the indicator to the others', async () => {
    const { typing, provider, clock } = virtualTyping();
    const paused = typing.keep('chat', alice);
    const other = typing.keep('chat', alice);
    await clock.advance(1_000);
    paused.pause();
    await clock.advance(20_000);
    expect(provider.stops).toHaveLength(0);
    expect(other.state).toBe('active');
    other.pause();
    await clock.advance(0);
    expect(provider.stops).toHaveLength(1);
    paused.resume();
    other.resume();
    await clock.advance(0);
    expect([paused.state, other.state]).toEqual(['active', 'active']);
  });

  test('and resume count once, and mean nothing when the session has ended', async () => {
    const { typing, provider, clock, events } = virtualTyping();
    const session = typing.keep('chat', alice);
    await clock.advance(0);
    session.resume();
    session.pause();
    session.pause();
    await clock.advance(0);
    session.resume();
    session.resume();
    await clock.advance(0);
    expect(operations(provider.calls)).toEqual(['start', 'stop', 'start']);
    await session.stop();
    await clock.advance(0);
    session.pause();
    session.resume();
    await clock.advance(minute);
    expect(provider.starts).toHaveLength(2);
    expect(session.state).toBe('closed');
    const changes = events.map(({ type }) => type).filter((type) => /paused|continued/.test(type));
    expect(changes).toEqual(['paused', 'continued']);
  });

  test.for([
    ['stop', 'stopped'],
    ['abort', 'aborted'],
    ['close', 'closed'],
    ['stop of the conversation', 'stopped'],
  ] as const)('ends with %s like any other, and leaves nothing behind', async ([how, reason]) => {
    const { typing, provider, clock } = virtualTyping();
    const controller = new AbortController();
    const session = typing.keep('chat', alice, { signal: controller.signal });
    await clock.advance(1_000);
    session.pause();
    await clock.advance(1_000);
    if (how === 'stop') await session.stop();
    if (how === 'abort') controller.abort();
    if (how === 'close') await typing.close();
    if (how === 'stop of the conversation') await typing.stop('chat', alice);
    await expect(session.closed).resolves.toBe(reason);
    session.resume();
    await clock.advance(30 * minute);
    expect(provider.starts).toHaveLength(1);
    expect(typing.sessions()).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  test('before the delay is over sends nothing until it goes on', async () => {
    const { typing, provider, clock } = virtualTyping();
    const session = typing.keep('chat', alice, { delayMs: 1_000 });
    session.pause();
    await clock.advance(5_000);
    expect(provider.calls).toHaveLength(0);
    session.resume();
    await clock.advance(0);
    expect(provider.starts).toHaveLength(1);
    await session.stop();
    const early = typing.keep('chat', { chat: 'bob' }, { delayMs: 1_000 });
    early.pause();
    early.resume();
    await clock.advance(900);
    expect(early.state).toBe('delayed');
    await clock.advance(150);
    expect(early.state).toBe('active');
  });

  test('where the vendor has no stop lets it expire', async () => {
    const { typing, provider, clock } = virtualTyping({ stop: 'expires', minIntervalMs: 0 });
    const session = typing.keep('chat', alice);
    await clock.advance(1_000);
    session.pause();
    await clock.advance(minute);
    expect(operations(provider.calls)).toEqual(['start']);
    session.resume();
    await clock.advance(0);
    expect(operations(provider.calls)).toEqual(['start', 'start']);
  });

  test('shows in snapshots', async () => {
    const { typing } = virtualTyping();
    typing.keep('chat', alice).pause();
    expect(typing.sessions()).toMatchObject([{ state: 'paused' }]);
  });

  test('survives an observer that does the opposite', async () => {
    const { typing, provider, clock } = virtualTyping();
    typing.observe((event) => {
      if (event.type === 'paused') typing.session(event.sessionId)?.resume();
    });
    const session = typing.keep('chat', alice);
    await clock.advance(1_000);
    session.pause();
    await clock.advance(1_000);
    expect(session.state).toBe('active');
    expect(operations(provider.calls)).toEqual(['start']);
  });

  test('while a vendor refuses the conversation ends it', async () => {
    const { typing, provider, clock } = virtualTyping();
    const paused = typing.keep('chat', alice);
    await clock.advance(0);
    paused.pause();
    await clock.advance(0);
    provider.failNext('forbidden');
    typing.keep('chat', alice);
    await clock.advance(0);
    await expect(paused.closed).resolves.toBe('refused');
  });
});
