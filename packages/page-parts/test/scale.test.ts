import { expect, test } from 'vitest';
import { nowXOf, scaleOf, shiftOf, xOf } from '../src/timeline/scale.ts';

const scale = scaleOf(1000, 60_000, 5_000);

test('the present wanders to the right until the axis is full, and stays there', () => {
  expect(nowXOf(scale, 5_000)).toBe(scale.gutter);
  expect(nowXOf(scale, 35_000)).toBeCloseTo((scale.gutter + scale.nowX) / 2);
  expect(nowXOf(scale, 65_000)).toBeCloseTo(scale.nowX);
  expect(nowXOf(scale, 900_000)).toBe(scale.nowX);
});

test('what is drawn at the present is where the present is', () => {
  for (const nowMs of [5_000, 35_000, 900_000])
    expect(xOf(scale, nowMs) + shiftOf(scale, nowMs)).toBeCloseTo(nowXOf(scale, nowMs));
});
