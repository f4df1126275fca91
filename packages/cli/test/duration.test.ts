import { describe, expect, it } from 'vitest';
import { inWords, parseDuration } from '../src/duration.ts';

describe('a duration', () => {
  it.each([
    ['1500ms', 1_500],
    ['30s', 30_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['0.5s', 500],
    [' 2s ', 2_000],
  ])('%j is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '30', 's', '-1s', '0s', '1e3s', '30 s', '30sec', '25d', '600h'])(
    '%j is refused',
    (text) => {
      expect(() => parseDuration(text)).toThrow(
        'Expected a duration such as 1500ms, 30s, 2m or 1h.',
      );
    },
  );

  it.each([
    [80, '0.1 s'],
    [4_000, '4 s'],
    [8_250, '8.3 s'],
    [48_400, '48 s'],
    [120_000, '2 min'],
    [125_000, '2 min 5 s'],
  ])('%i ms are %j for people', (ms, words) => {
    expect(inWords(ms)).toBe(words);
  });
});
