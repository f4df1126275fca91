import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Patience } from '../../src/redis/patience.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an answer that does not come is late', () => {
  const patience = new Patience(1_000);
  const asked = patience.ask();
  vi.advanceTimersByTime(900);
  expect(patience.isOver).toBe(false);
  vi.advanceTimersByTime(100);
  expect(patience.isOver).toBe(true);
  expect(patience.isLate(asked)).toBe(true);
  patience.answered(asked);
  expect(patience.isOver).toBe(false);
  patience.close();
});

test('while this process does nothing no time passes: the answer may be there', () => {
  const patience = new Patience(1_000);
  patience.ask();
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(100);
  expect(patience.isOver).toBe(false);
  patience.close();
});

test('nothing is looked at where nothing is asked', () => {
  const patience = new Patience(1_000);
  patience.answered(patience.ask());
  vi.advanceTimersByTime(100);
  expect(vi.getTimerCount()).toBe(0);
  patience.ask();
  expect(vi.getTimerCount()).toBe(1);
  patience.close();
  expect(vi.getTimerCount()).toBe(0);
});
