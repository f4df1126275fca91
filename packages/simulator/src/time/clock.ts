/** Simulated time: it runs at `speed` simulated milliseconds per real one, and can be pushed forward by hand. */
export interface SimulatedClock {
  /** Simulated time now, in milliseconds since the Unix epoch. */
  now(): number;
  /** Lets simulated time pass at once. Throws `RangeError` for a negative or non-finite number: facts are never un-happened. */
  advance(milliseconds: number): void;
  /** Simulated milliseconds per real millisecond. */
  speed(): number;
  /** Changes the speed from now on; the time already passed stays passed. 0 freezes time. */
  setSpeed(speed: number): void;
}

export interface ClockOptions {
  /** Where real time comes from, in milliseconds. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Default: 1. */
  readonly speed?: number | undefined;
}

export function createClock(options: ClockOptions = {}): SimulatedClock {
  const realNow = options.now ?? Date.now;
  let speed = checkedSpeed(options.speed ?? 1);
  let anchorRealMs = realNow();
  let anchorSimulatedMs = anchorRealMs;

  const now = (): number => anchorSimulatedMs + (realNow() - anchorRealMs) * speed;

  return {
    now,
    advance(milliseconds) {
      anchorSimulatedMs += checkedAdvanceMs(milliseconds);
    },
    speed: () => speed,
    setSpeed(next) {
      const checked = checkedSpeed(next);
      anchorSimulatedMs = now();
      anchorRealMs = realNow();
      speed = checked;
    },
  };
}

/** Throws `RangeError` for what time cannot be advanced by. */
export function checkedAdvanceMs(milliseconds: number): number {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) {
    throw new RangeError(`Time can be advanced by 0 ms or more, got ${String(milliseconds)} ms.`);
  }
  return milliseconds;
}

function checkedSpeed(speed: number): number {
  if (!Number.isFinite(speed) || speed < 0) {
    throw new RangeError(
      `The speed is a number of simulated ms per real ms, 0 or more, got ${String(speed)}.`,
    );
  }
  return speed;
}
