import type { TypingErrorCode } from '@typingkit/core';
import { describe, expect, test } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };
const bob = { chat: 'bob' };

describe('the failure policy of sessions', () => {
  test.for(['forbidden', 'not-found', 'unsupported', 'invalid-target', 'rejected'] as const)(
    '%s ends the indicator of that conversation, and no other',
    async (code) => {
      const { typing, provider, clock } = virtualTyping();
      provider.failNext(code);
      const session = typing.keep('chat', alice);
      const other = typing.keep('chat', bob);
      await clock.advance(0);
      await expect(session.closed).resolves.toBe('refused');
      expect(session.error).toMatchObject({ code, channel: 'chat', provider: 'fake' });
      await clock.advance(60_000);
      expect(provider.calls.filter(({ target }) => target === alice)).toHaveLength(1);
      expect(other.state).toBe('active');
    },
  );

  test.for(['network', 'timeout', 'unavailable', 'bad-response'] as const)(
    '%s three times in a row opens the circuit of that conversation',
    async (code) => {
      const { typing, provider, clock, events } = virtualTyping();
      provider.failNext(code, { times: 3 });
      const session = typing.keep('chat', alice);
      await clock.advance(12_000);
      expect(provider.starts).toHaveLength(3);
      expect(session.state).toBe('suspended');
      const other = typing.keep('chat', bob);
      await clock.advance(0);
      expect(other.state).toBe('active');
      await other.stop();
      const failedAt = clock.now();
      await clock.advance(17_000);
      expect(provider.starts.filter(({ target }) => target === alice)).toHaveLength(3);
      await clock.advance(14_000);
      expect(clock.now() - failedAt).toBeLessThan(32_000);
      expect(provider.starts.filter(({ target }) => target === alice)).toHaveLength(4);
      expect(session.state).toBe('active');
      expect(events.filter(({ type }) => type === 'suspended')).toHaveLength(1);
      expect(events.filter(({ type }) => type === 'resumed')).toHaveLength(1);
    },
  );

  test('sends one probe for each cool-down while the vendor stays down', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.failNext('unavailable', { times: 100, details: { status: 500 } });
    typing.keep('chat', alice, { idleTimeoutMs: 600_000 });
    await clock.advance(300_000);
    expect(provider.starts.length).toBeGreaterThanOrEqual(11);
    expect(provider.starts.length).toBeLessThanOrEqual(13);
  });

  test('tells the observer of each failure, and which of them is new', async () => {
    const { typing, provider, clock, events } = virtualTyping();
    provider.failNext('network', { times: 2 });
    provider.failNext('timeout');
    typing.keep('chat', alice);
    await clock.advance(12_000);
    const failures = events.flatMap((event) => (event.type === 'failed' ? [event] : []));
    expect(failures.map(({ error, isFirst }) => [error.code, isFirst])).toEqual([
      ['network', true],
      ['network', false],
      ['timeout', true],
    ]);
  });

  // Another version of core knows codes that this one does not, and so does a provider in JavaScript.
  test.for(['over-quota', 'constructor'])(
    '%s, a code that nobody knows, ends nothing and is asked again no faster than the cadence',
    async (unknown) => {
      const code = unknown as TypingErrorCode;
      const { typing, provider, clock } = virtualTyping();
      const healthy = virtualTyping();
      healthy.typing.keep('chat', alice);
      provider.failNext(code, { times: 100 });
      const session = typing.keep('chat', alice);
      for (const each of [clock, healthy.clock]) await each.advance(60_000);
      expect(session.state).not.toBe('closed');
      expect(provider.starts.length).toBeGreaterThan(1);
      expect(provider.starts.length).toBeLessThanOrEqual(healthy.provider.starts.length);
      const before = provider.starts.length;
      await expect(typing.send('chat', bob)).rejects.toMatchObject({ code, retryable: false });
      expect(provider.starts).toHaveLength(before + 1);
    },
  );

  test('rate-limited skips ticks until the vendor says', async () => {
    const { typing, provider, clock, eventTypes } = virtualTyping();
    const session = typing.keep('chat', alice);
    await clock.advance(7_999);
    provider.failNext('rate-limited', { details: { retryAfterMs: 45_000 } });
    await clock.advance(44_000);
    expect(provider.starts).toHaveLength(2);
    expect(eventTypes()).toContain('skipped');
    await clock.advance(2_000);
    expect(provider.starts).toHaveLength(3);
    expect(session.state).toBe('active');
  });

  test('a refresh never retries: the next tick is the retry', async () => {
    const { typing, provider, clock } = virtualTyping();
    typing.keep('chat', alice);
    await clock.advance(7_999);
    provider.failNext('network');
    await clock.advance(4_000);
    expect(provider.starts).toHaveLength(2);
    await clock.advance(1_500);
    expect(provider.starts).toHaveLength(3);
  });

  test('a stop tries once more, and then lets it be', async () => {
    const { typing, provider, clock, eventTypes } = virtualTyping();
    const session = typing.keep('chat', alice);
    await clock.advance(0);
    provider.failNext('network', { operation: 'stop', times: 5 });
    await session.stop();
    await clock.advance(60_000);
    expect(provider.stops).toHaveLength(2);
    expect(eventTypes('started', 'closed')).toEqual(['failed']);
  });

  test('unauthenticated lets one probe out at a time, at 1, 2, 4 … 300 s, for a thousand sessions', async () => {
    const { typing, provider, clock, events } = virtualTyping();
    provider.failNext('unauthenticated', { times: 12, details: { status: 401 } });
    const options = { idleTimeoutMs: 3_600_000, maxDurationMs: 3_600_000 };
    const sessions = Array.from({ length: 1_000 }, (_, chat) =>
      typing.keep('chat', { chat: `${chat}` }, options),
    );
    const startsAtMs: number[] = [0];
    const { start } = provider;
    provider.start = (...call) => {
      startsAtMs.push(clock.now());
      return start(...call);
    };
    expect(provider.starts).toHaveLength(1);
    await clock.advance(1_450_000);
    const probesAtMs = startsAtMs.slice(0, 13);
    const gapsMs = probesAtMs.slice(1).map((atMs, index) => atMs - (probesAtMs[index] ?? 0));
    expect(gapsMs.map((gapMs) => Math.round(gapMs / 1_000))).toEqual([
      1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300,
    ]);
    expect(sessions.every(({ state }) => state === 'active')).toBe(true);
    expect(events.filter(({ type }) => type === 'resumed')).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'failed')).toHaveLength(12);
  });

  test('a probe that is given up makes place for the next one', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.failNext('unauthenticated');
    const first = typing.keep('chat', alice);
    const second = typing.keep('chat', bob);
    await clock.advance(500);
    provider.hangNext();
    await clock.advance(500);
    expect(provider.starts).toHaveLength(2);
    const prober = provider.starts[1]?.target === alice ? first : second;
    void prober.stop();
    await clock.advance(1_000);
    expect(provider.starts).toHaveLength(3);
    expect([first.state, second.state]).toContain('active');
  });
});

describe('a budget', () => {
  const budget = { requests: 12, perMs: 60_000 };

  test('is never exceeded, and conversations take turns', async () => {
    const { typing, provider, clock } = virtualTyping({
      budget,
      refreshMs: 5_000,
      stop: 'expires',
    });
    const sentAtMs: number[] = [];
    const { start } = provider;
    provider.start = (...call) => {
      sentAtMs.push(clock.now());
      return start(...call);
    };
    for (let chat = 0; chat < 6; chat += 1) {
      typing.keep('chat', { chat: `${chat}` }, { idleTimeoutMs: 600_000 });
    }
    await clock.advance(540_000);
    for (const atMs of sentAtMs) {
      const inWindow = sentAtMs.filter((other) => other > atMs - budget.perMs && other <= atMs);
      expect(inWindow.length).toBeLessThanOrEqual(budget.requests);
    }
    const perChat = new Map<string, number>();
    for (const { target } of provider.starts) {
      perChat.set(target.chat, (perChat.get(target.chat) ?? 0) + 1);
    }
    expect(perChat.size).toBe(6);
    expect(Math.max(...perChat.values()) - Math.min(...perChat.values())).toBeLessThanOrEqual(3);
    expect(sentAtMs.length).toBeGreaterThan(60);
  });

  test('keeps a place for the first start of a new conversation', async () => {
    const { typing, provider, clock } = virtualTyping({
      budget,
      refreshMs: 3_000,
      stop: 'expires',
    });
    typing.keep('chat', alice);
    await clock.advance(55_000);
    const session = typing.keep('chat', bob);
    await clock.advance(0);
    expect(session.state).toBe('active');
    expect(provider.starts.length).toBeLessThanOrEqual(12);
  });
});
