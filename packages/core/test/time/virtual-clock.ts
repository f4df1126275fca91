import type { Clock } from '../../src/time/clock.ts';

/** A clock that stands still until it is told. */
export interface VirtualClock extends Clock {
  /** Lets `ms` milliseconds pass, and runs what falls due in them, in order. */
  advance(ms: number): void;
  /** Lets `ms` milliseconds pass unnoticed, as on a machine that slept, and then runs what has fallen due. */
  leap(ms: number): void;
  /** How many timers are set. */
  readonly pending: number;
  /** How many of them keep the process alive. */
  readonly holding: number;
}

export function virtualClock(): VirtualClock {
  let nowMs = 1_000;
  const timers = new Set<{ readonly atMs: number; readonly run: () => void; isUnref: boolean }>();

  const clock: VirtualClock = {
    now: () => nowMs,
    setTimer(run, afterMs) {
      const timer = { atMs: nowMs + afterMs, run, isUnref: false };
      timers.add(timer);
      return {
        cancel: () => void timers.delete(timer),
        unref() {
          timer.isUnref = true;
        },
      };
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [due] = [...timers].toSorted((a, b) => a.atMs - b.atMs);
        if (!due || due.atMs > untilMs) break;
        timers.delete(due);
        nowMs = Math.max(nowMs, due.atMs);
        due.run();
      }
      nowMs = untilMs;
    },
    leap(ms) {
      nowMs += ms;
      clock.advance(0);
    },
    get pending() {
      return timers.size;
    },
    get holding() {
      return [...timers].filter(({ isUnref }) => !isUnref).length;
    },
  };
  return clock;
}
