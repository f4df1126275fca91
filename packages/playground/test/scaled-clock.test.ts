import type { SimulatedClock } from '@typingkit/simulator';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { scaledClock } from '../src/world/scaled-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function simulated(): SimulatedClock {
  let [speed, anchorMs, anchorRealMs] = [1, 0, Date.now()];
  const now = (): number => anchorMs + (Date.now() - anchorRealMs) * speed;
  return {
    now,
    advance: () => {},
    speed: () => speed,
    setSpeed(next) {
      [anchorMs, anchorRealMs, speed] = [now(), Date.now(), next];
    },
  };
}

test('a timer runs when simulated time says so', () => {
  const clock = scaledClock(simulated());
  clock.setSpeed(10);
  const run = vi.fn();
  clock.setTimer(run, 1_000);
  vi.advanceTimersByTime(99);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledOnce();
});

test('a change of speed counts for what is being waited for', () => {
  const clock = scaledClock(simulated());
  const run = vi.fn();
  clock.setTimer(run, 1_000);
  vi.advanceTimersByTime(500);
  clock.setSpeed(5);
  vi.advanceTimersByTime(99);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledOnce();
});

test('a timer that is called off does not run, whatever the speed', () => {
  const clock = scaledClock(simulated());
  const run = vi.fn();
  clock.setTimer(run, 1_000).cancel();
  clock.setSpeed(20);
  vi.advanceTimersByTime(5_000);
  expect(run).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test('a sleep that is aborted rejects with the reason, and leaves no timer', async () => {
  const clock = scaledClock(simulated());
  const abort = new AbortController();
  const sleep = clock.sleep(1_000, abort.signal);
  abort.abort(new Error('enough'));
  await expect(sleep).rejects.toThrow('enough');
  expect(vi.getTimerCount()).toBe(0);
});
