import { describe, expect, test } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };
const bob = { chat: 'bob' };

describe('rateLimited', () => {
  test('lets typing wait on the same budget, in every conversation', async () => {
    const { typing, provider, clock, events } = virtualTyping();
    typing.keep('chat', alice);
    await clock.advance(1_000);
    typing.rateLimited('chat', bob, { retryAfterMs: 20_000 });
    await clock.advance(19_500);
    expect(provider.starts).toHaveLength(1);
    await expect(typing.send('chat', bob)).rejects.toMatchObject({ code: 'rate-limited' });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'skipped', reason: 'rate-limited' }),
    );
    await clock.advance(12_000);
    expect(provider.starts.length).toBeGreaterThan(1);
  });

  test('waits for thirty seconds where the vendor does not say for how long', async () => {
    const { typing, clock } = virtualTyping();
    typing.rateLimited('chat', alice);
    await clock.advance(29_900);
    await expect(typing.send('chat', bob)).rejects.toMatchObject({ code: 'rate-limited' });
    await clock.advance(200);
    await expect(typing.send('chat', bob)).resolves.toMatchObject({ status: 'accepted' });
  });

  test('shows in snapshots, with when the next start is due', async () => {
    const { typing, clock } = virtualTyping();
    typing.keep('chat', alice);
    typing.keep('chat', bob, { delayMs: 60_000 });
    await clock.advance(1_000);
    const [before] = typing.sessions();
    expect(before).toMatchObject({ nextStartAtMs: 8_000 });
    expect(before).not.toHaveProperty('pause');
    typing.rateLimited('chat', alice, { retryAfterMs: 20_000 });
    const [after, delayed] = typing.sessions();
    expect(after).toMatchObject({ pause: { by: 'rate-limit', untilMs: 21_000 } });
    expect(delayed).not.toHaveProperty('nextStartAtMs');
  });

  test('shows an open circuit in snapshots', async () => {
    const { typing, provider, clock } = virtualTyping();
    provider.failNext('unavailable', { times: 3 });
    typing.keep('chat', alice);
    await clock.advance(12_000);
    expect(typing.sessions()).toMatchObject([{ state: 'suspended', pause: { by: 'circuit' } }]);
  });

  test('refuses what is not valid, and does nothing after close', async () => {
    const { typing } = virtualTyping();
    const untyped = typing as unknown as Record<'rateLimited', (...given: unknown[]) => void>;
    expect(() => untyped.rateLimited('chatt', alice)).toThrow(
      expect.objectContaining({ code: 'unknown-channel' }),
    );
    for (const options of [
      null,
      { retryAfterMs: -1 },
      { retryAfterMs: '5' },
      { retryAfter: 5 },
      { scope: 'x' },
    ]) {
      expect(() => untyped.rateLimited('chat', alice, options)).toThrow(
        expect.objectContaining({ code: 'misconfigured', channel: 'chat' }),
      );
    }
    await typing.close();
    typing.rateLimited('chat', alice);
  });
});
