import { humanDelay } from '@typingkit/core';
import { describe, expect, test } from 'vitest';

describe('humanDelay', () => {
  test('is the time that sixty words of five characters a minute take', () => {
    expect(humanDelay('x'.repeat(25))).toBe(5_000);
    expect(humanDelay('x'.repeat(25), { wordsPerMinute: 120 })).toBe(2_500);
  });

  test('is neither too short nor too long', () => {
    expect(humanDelay('')).toBe(500);
    expect(humanDelay('x'.repeat(10_000))).toBe(10_000);
    expect(humanDelay('ok', { minMs: 0 })).toBe(400);
    expect(humanDelay('x'.repeat(100), { maxMs: 60_000 })).toBe(20_000);
  });

  test('counts what a reader sees', () => {
    expect(humanDelay('👩‍👩‍👧‍👦'.repeat(10))).toBe(2_000);
  });

  test.for([{ wordsPerMinute: 0 }, { minMs: -1 }, { maxMs: 100 }, { wordsPerMinute: NaN }])(
    'refuses %o',
    (options) => {
      expect(() => humanDelay('hello', options)).toThrow(
        expect.objectContaining({ code: 'misconfigured' }),
      );
    },
  );
});
