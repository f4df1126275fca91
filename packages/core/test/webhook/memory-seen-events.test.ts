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

test('the oldest events are forgotten where there are too many, and no others', async () => {
  const events = memorySeenEvents({ capacity: 3 });
  for (const id of ['a', 'b', 'c']) await events.claim(id, 1_000);
  expect(await events.claim('a', 1_000)).toBe(false);
  await events.claim('d', 1_000);
  for (const id of ['b', 'c', 'd']) expect(await events.claim(id, 1_000)).toBe(false);
  expect(await events.claim('a', 1_000)).toBe(true);
});

test('an event that was given back and claimed again counts as young', async () => {
  const events = memorySeenEvents({ capacity: 3 });
  await events.claim('a', 1_000);
  await events.release('a');
  for (const id of ['b', 'a', 'c']) await events.claim(id, 1_000);
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
