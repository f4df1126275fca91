import { expect, test } from 'vitest';
import { memorySeenEvents } from '../../src/webhook/index.ts';
import { TypingError } from '../../src/index.ts';

test('an event can be claimed once, and once more when it was given back', async () => {
  const events = memorySeenEvents();
  expect(await events.claim('a', 1_000)).toBe(true);
  expect(await events.claim('a', 1_000)).toBe(false);
  await events.release('a');
  expect(await events.claim('a', 1_000)).toBe(true);
  await events.release('never claimed');
});

test('an event is forgotten when its time is up', async () => {
  let nowMs = 0;
  const events = memorySeenEvents({ now: () => nowMs });
  await events.claim('a', 1_000);
  nowMs = 999;
  expect(await events.claim('a', 1_000)).toBe(false);
  nowMs = 1_000;
  expect(await events.claim('a', 1_000)).toBe(true);
});

test('as many of the last events as the capacity are remembered, and never more than twice as many', async () => {
  const capacity = 5;
  for (let count = 1; count <= 30; count += 1) {
    const events = memorySeenEvents({ capacity });
    const ids = Array.from({ length: count }, (_, index) => `event-${index}`);
    for (const id of ids) await events.claim(id, 1_000);
    // Asked from the youngest on, because a claim of a forgotten one is remembered, too.
    const known: string[] = [];
    for (const id of ids.toReversed()) {
      if (await events.claim(id, 1_000)) break;
      known.push(id);
    }
    expect(known.length).toBeGreaterThanOrEqual(Math.min(count, capacity));
    expect(known.length).toBeLessThanOrEqual(2 * capacity);
  }
});

test('an event that was given back and claimed again counts as young', async () => {
  const events = memorySeenEvents({ capacity: 3 });
  await events.claim('a', 1_000);
  await events.release('a');
  for (const id of ['b', 'c', 'a', 'd', 'e']) await events.claim(id, 1_000);
  expect(await events.claim('a', 1_000)).toBe(false);
});

test.for([
  ['a capacity of nothing', { capacity: 0 }, 'capacity must be a whole number above 0'],
  ['half a place', { capacity: 0.5 }, 'capacity must be a whole number above 0'],
  ['a clock that is none', { now: 5 as never }, 'now must be a function'],
] as const)('%s is refused', ([, options, reason]) => {
  expect(() => memorySeenEvents(options)).toThrow(
    new TypingError({ code: 'misconfigured', provider: 'webhook', operation: 'configure', reason }),
  );
});
