import { expect, test } from 'vitest';
import { clock } from '../src/timeline/clock.ts';

test.for([
  [0, '0:00'],
  [5_999, '0:05'],
  [750_000, '12:30'],
  [-3, '0:00'],
] as const)('%i ms is %s on the clock', ([milliseconds, words]) => {
  expect(clock(milliseconds)).toBe(words);
});
