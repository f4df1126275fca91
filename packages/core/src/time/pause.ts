import type { Clock } from './clock.ts';

/**
 * Waits `ms` milliseconds, or rejects with `signal.reason` as soon as the signal is aborted. Lets the process exit:
 * whoever awaits the whole has a deadline of their own.
 */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      timer.cancel();
      reject(signal.reason);
    };
    const timer = clock.setTimer(() => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    }, ms);
    timer.unref?.();
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
