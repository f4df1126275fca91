import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SharedDeadlines } from '../../src/webhook/shared-deadlines.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function deadlinesOf(...dueMs: readonly number[]) {
  const deadlines = new SharedDeadlines();
  const late: number[] = [];
  const now = performance.now();
  const all = dueMs.map((ms) => ({ dueMs: now + ms, onLate: () => void late.push(ms) }));
  for (const pending of all) deadlines.add(pending);
  return { deadlines, late, all };
}

test('each is called when it is due, and none before', () => {
  const { late } = deadlinesOf(100, 200, 300);
  vi.advanceTimersByTime(98);
  expect(late).toEqual([]);
  vi.advanceTimersByTime(3);
  expect(late).toEqual([100]);
  vi.advanceTimersByTime(200);
  expect(late).toEqual([100, 200, 300]);
});

test('there is one timer for all of them, and none when nothing is under way', () => {
  const { deadlines, all, late } = deadlinesOf(
    ...Array.from({ length: 1_000 }, (_, at) => 100 + at),
  );
  expect(vi.getTimerCount()).toBe(1);
  for (const pending of all) deadlines.delete(pending);
  vi.advanceTimersByTime(101);
  expect(vi.getTimerCount()).toBe(0);
  expect(late).toEqual([]);
});

test('what is added after all that was before is gone is called, too', () => {
  const { deadlines, all, late } = deadlinesOf(100);
  for (const pending of all) deadlines.delete(pending);
  deadlines.add({ dueMs: performance.now() + 150, onLate: () => void late.push(150) });
  vi.advanceTimersByTime(151);
  expect(late).toEqual([150]);
  expect(vi.getTimerCount()).toBe(0);
});
