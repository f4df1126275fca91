import type { Clock, Timer } from '@typingkit/core';

// Taken before a test can replace it with a fake of its own.
const { setImmediate } = globalThis;

// The longest that a timer of JavaScript waits; a longer one fires at once.
const longestMs = 2 ** 31 - 1;

/** A clock that stands still until it is told to go on. Made by {@link virtualClock}. */
export interface VirtualClock extends Clock {
  /** How many timers are waiting. */
  readonly pendingTimers: number;
  /**
   * Goes on by `ms` milliseconds and runs the timers that fall due, in order, also those that others set meanwhile.
   * After each one, and at the end, everything that waits for a settled promise gets its turn. `advance(0)` does only
   * that.
   *
   * @throws RangeError where `ms` is negative or no finite number; or whatever a timer throws.
   */
  advance(ms: number): Promise<void>;
}

interface PendingTimer {
  readonly dueMs: number;
  readonly run: () => void;
}

/**
 * Time for tests: no test has to wait, and none depends on how fast the machine is.
 *
 * A timer that a real clock could not wait for (negative, `NaN`, 2^31 ms or more) is refused with a `RangeError`.
 *
 * @param startMs what `now()` says first. Default: 0.
 */
export function virtualClock(startMs = 0): VirtualClock {
  // In the order in which they were set, which decides between timers that are due together.
  const timers = new Set<PendingTimer>();
  let nowMs = startMs;

  return {
    now: () => nowMs,
    setTimer(run, afterMs): Timer {
      checkSpan('afterMs', afterMs);
      if (afterMs > longestMs) throw new RangeError('afterMs must be less than 2^31');
      const timer = { dueMs: nowMs + afterMs, run };
      timers.add(timer);
      return { cancel: () => void timers.delete(timer) };
    },
    get pendingTimers() {
      return timers.size;
    },
    async advance(ms) {
      checkSpan('ms', ms);
      const endMs = nowMs + ms;
      await settledPromises();
      for (let timer = firstDue(timers, endMs); timer; timer = firstDue(timers, endMs)) {
        timers.delete(timer);
        nowMs = Math.max(nowMs, timer.dueMs);
        timer.run();
        await settledPromises();
      }
      nowMs = Math.max(nowMs, endMs);
    },
  };
}

function firstDue(timers: Iterable<PendingTimer>, endMs: number): PendingTimer | undefined {
  let first: PendingTimer | undefined;
  for (const timer of timers) {
    if (timer.dueMs <= endMs && (!first || timer.dueMs < first.dueMs)) first = timer;
  }
  return first;
}

function settledPromises(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function checkSpan(name: string, ms: number): void {
  if (!(ms >= 0 && ms < Infinity)) throw new RangeError(`${name} must be 0 or more milliseconds`);
}
