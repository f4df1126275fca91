import { createTyping, memoryGate, type TypingEvent } from '@typingkit/core';
import { fakeProvider, virtualClock } from '@typingkit/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

const errors = ['unavailable', 'network', 'rate-limited', 'unauthenticated'] as const;

test('every time in an event, a snapshot and a diagnosis is whole milliseconds', async () => {
  const fraction = fc.double({ min: 0.1, max: 20_000, noNaN: true });
  const plan = fc.record({
    beganAtMs: fraction,
    visibleForMs: fraction,
    lifetimeMs: fraction,
    minIntervalMs: fraction,
    refreshEveryMs: fraction,
    retryAfterMs: fraction,
    random: fc.double({ min: 0, max: 0.99, noNaN: true }),
    repeat: fc.constantFrom('extends' as const, 'ignored-while-visible' as const),
    budget: fc.option(fc.record({ requests: fc.integer({ min: 1, max: 4 }), perMs: fraction })),
    failures: fc.array(fc.constantFrom(undefined, ...errors), { maxLength: 6 }),
    steps: fc.array(fraction, { minLength: 3, maxLength: 8 }),
  });
  const property = fc.assert(
    fc.asyncProperty(plan, async (given) => {
      const clock = virtualClock(given.beganAtMs);
      const provider = fakeProvider<{ chat: string }>({
        capabilities: {
          ttl: { kind: 'fixed', ms: given.lifetimeMs, source: 'documented' },
          repeat: given.repeat,
          minIntervalMs: given.minIntervalMs,
          ...(given.budget && { budget: given.budget }),
        },
        conversationKey: ({ chat }) => chat,
      });
      for (const code of given.failures) {
        if (code) provider.failNext(code, { details: { retryAfterMs: given.retryAfterMs } });
        else provider.answerNext({ visibleForMs: given.visibleForMs });
      }
      const events: TypingEvent[] = [];
      const typing = createTyping({
        channels: { chat: provider },
        clock,
        gate: memoryGate(),
        random: () => given.random,
        onEvent: (event) => events.push(event),
      });
      const told: unknown[] = [];
      typing.keep('chat', { chat: 'a' }, { refreshEveryMs: given.refreshEveryMs });
      typing.keep('chat', { chat: 'b' });
      for (const ms of given.steps) {
        await clock.advance(ms);
        told.push(...typing.sessions());
      }
      await typing.close();
      const times = timesIn([events, told]).filter(([, value]) => Number.isFinite(value));
      return times.every(([, value]) => Number.isInteger(value));
    }),
    { numRuns: 100, seed: 20261121 },
  );
  await expect(property).resolves.toBeUndefined();
});

/** Every number whose name says that it is milliseconds. */
function timesIn(value: unknown): [name: string, value: number][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]: [string, unknown]) =>
    typeof field === 'number' && name.endsWith('Ms') ? [[name, field]] : timesIn(field),
  );
}
