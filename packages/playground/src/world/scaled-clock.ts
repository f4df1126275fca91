import type { Clock } from '@typingkit/core';
import type { SimulatedClock } from '@typingkit/simulator';

/** The simulator's time, with timers: so the bot, the engine and the vendors agree what time it is, at any speed. */
export interface ScaledClock extends Clock {
  /** Waits in simulated milliseconds. Rejects with the signal's reason. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Changes the speed, also of what is being waited for. 0 lets time stand still. */
  setSpeed(speed: number): void;
  /** Lets time pass at once, and what was due in it happen. */
  advance(milliseconds: number): void;
}

interface Waiting {
  readonly dueAtMs: number;
  readonly run: () => void;
  timeout: NodeJS.Timeout | undefined;
  isRefed: boolean;
}

export function scaledClock(simulated: SimulatedClock): ScaledClock {
  const waiting = new Set<Waiting>();

  const arm = (one: Waiting): void => {
    clearTimeout(one.timeout);
    const leftMs = Math.max(0, one.dueAtMs - simulated.now());
    const speed = simulated.speed();
    // While time stands still, only what is due already may happen.
    if (leftMs > 0 && speed === 0) return;
    const realMs = leftMs === 0 ? 0 : leftMs / speed;
    one.timeout = setTimeout(() => {
      waiting.delete(one);
      one.run();
    }, realMs);
    if (!one.isRefed) one.timeout.unref();
  };

  const setTimer: Clock['setTimer'] = (run, afterMs) => {
    const dueAtMs = simulated.now() + afterMs;
    const one: Waiting = { dueAtMs, run, timeout: undefined, isRefed: true };
    waiting.add(one);
    arm(one);
    return {
      cancel() {
        waiting.delete(one);
        clearTimeout(one.timeout);
      },
      unref() {
        one.isRefed = false;
        one.timeout?.unref();
      },
    };
  };

  return {
    now: () => simulated.now(),
    setTimer,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const leave = (): void => {
          timer.cancel();
          reject(signal.reason);
        };
        const timer = setTimer(() => {
          signal.removeEventListener('abort', leave);
          resolve();
        }, milliseconds);
        signal.addEventListener('abort', leave, { once: true });
      }),
    setSpeed(speed) {
      simulated.setSpeed(speed);
      for (const one of waiting) arm(one);
    },
    advance(milliseconds) {
      simulated.advance(milliseconds);
      for (const one of waiting) arm(one);
    },
  };
}
