import type { Clock, Timer } from '@typingkit/core';

// Taken before a test can replace it with a fake of its own.
const { setImmediate } = globalThis;

/** Until how much later than asked a timer of the engine may run: it rounds up to a tick of 50 ms. */
const roundingMs = 50;

/** A virtual clock for thousands of schedules: quick, and it can oversleep. */
export interface LeapingClock extends Clock {
  /** How many timers of the engine wait. */
  readonly pendingTimers: number;
  /** How many of them would keep a process alive. */
  readonly refTimers: number;
  /** A timer of somebody else, who is no matter of the engine. */
  setWorldTimer(run: () => void, afterMs: number): void;
  /** Goes on by `ms` and runs what falls due, each at its time and with all that follows from it. */
  advance(ms: number): Promise<void>;
  /** Goes on by `ms` in one step, like a machine that slept: what fell due meanwhile runs late, at the end. */
  leap(ms: number): Promise<void>;
  /** When a timer of the engine that is due at `dueMs` has run at the latest. */
  latestMs(dueMs: number): number;
  /** When a timer of this clock that is due at `dueMs` runs. */
  runsAtMs(dueMs: number): number;
}

class PendingTimer implements Timer {
  readonly dueMs: number;
  readonly run: () => void;
  readonly isOfEngine: boolean;
  isRef = true;
  readonly #timers: Set<PendingTimer>;

  constructor(timers: Set<PendingTimer>, dueMs: number, run: () => void, isOfEngine: boolean) {
    this.#timers = timers;
    this.isOfEngine = isOfEngine;
    this.dueMs = dueMs;
    this.run = run;
  }

  cancel(): void {
    this.#timers.delete(this);
  }

  unref(): void {
    this.isRef = false;
  }
}

export function leapingClock(): LeapingClock {
  const timers = new Set<PendingTimer>();
  const leaps: { readonly fromMs: number; readonly toMs: number }[] = [];
  let nowMs = 0;

  const add = (run: () => void, afterMs: number, isOfEngine: boolean): PendingTimer => {
    if (!(afterMs >= 0 && afterMs < 2 ** 31)) throw new RangeError(`a timer of ${afterMs} ms`);
    const timer = new PendingTimer(timers, Math.ceil(nowMs + afterMs), run, isOfEngine);
    timers.add(timer);
    return timer;
  };
  const runDue = async (untilMs: number): Promise<void> => {
    await settledPromises();
    for (let timer = firstDue(timers, untilMs); timer; timer = firstDue(timers, untilMs)) {
      timers.delete(timer);
      nowMs = Math.max(nowMs, timer.dueMs);
      timer.run();
      await settledPromises();
    }
    nowMs = Math.max(nowMs, untilMs);
    await rejectionsSeen();
  };
  const runsAtMs = (dueMs: number): number =>
    leaps.find(({ fromMs, toMs }) => fromMs <= dueMs && dueMs <= toMs)?.toMs ?? dueMs;

  return {
    now: () => nowMs,
    setTimer: (run, afterMs) => add(run, afterMs, true),
    setWorldTimer: (run, afterMs) => void add(run, afterMs, false),
    get pendingTimers() {
      return [...timers].filter(({ isOfEngine }) => isOfEngine).length;
    },
    get refTimers() {
      return [...timers].filter(({ isOfEngine, isRef }) => isOfEngine && isRef).length;
    },
    advance: (ms) => runDue(nowMs + ms),
    async leap(ms) {
      // Nobody falls asleep in the middle of a turn.
      await settledPromises();
      leaps.push({ fromMs: nowMs, toMs: nowMs + ms });
      nowMs += ms;
      await runDue(nowMs);
    },
    latestMs: (dueMs) => runsAtMs(runsAtMs(dueMs) + roundingMs),
    runsAtMs,
  };
}

function firstDue(timers: Iterable<PendingTimer>, untilMs: number): PendingTimer | undefined {
  let first: PendingTimer | undefined;
  for (const timer of timers) {
    if (timer.dueMs <= untilMs && (!first || timer.dueMs < first.dueMs)) first = timer;
  }
  return first;
}

// A tick that is asked for by a promise's reaction comes when no reaction is left, and costs a third of setImmediate.
async function settledPromises(): Promise<void> {
  await Promise.resolve();
  await new Promise<void>((resolve) => {
    process.nextTick(resolve);
  });
}

// Node looks for rejections that nobody handled when it has nothing else to do.
function rejectionsSeen(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
