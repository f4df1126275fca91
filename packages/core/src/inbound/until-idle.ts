import { abortReasonOf } from '../time/abort-reason.ts';
import type { Clock, Timer } from '../time/clock.ts';
import type { InboundHub } from './inbound-hub.ts';

/** How long to wait for a person. */
export interface Patience {
  /** How long they must not have typed. */
  readonly quietMs: number;
  /** How long to wait at most. */
  readonly maxMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Waits until nobody has typed in a conversation for a while.
 *
 * @param closed what to reject with when everything is closed.
 * @returns whether that is so. `false`: `maxMs` have passed first.
 */
export function untilIdle(
  hub: InboundHub,
  key: string,
  clock: Clock,
  { quietMs, maxMs, signal }: Patience,
  closed: () => unknown,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const endsAtMs = clock.now() + maxMs;
    let timer: Timer | undefined;

    const settle = (): void => {
      timer?.cancel();
      stopWatching();
      signal?.removeEventListener('abort', giveUp);
    };
    const giveUp = (): void => {
      settle();
      reject(signal && abortReasonOf(signal));
    };
    const look = (): void => {
      timer?.cancel();
      const nowMs = clock.now();
      const idleAtMs = hub.quietSinceMs(key) + quietMs;
      if (idleAtMs > nowMs && endsAtMs > nowMs) {
        timer = clock.setTimer(look, Math.min(idleAtMs, endsAtMs) - nowMs);
        return;
      }
      settle();
      resolve(idleAtMs <= nowMs);
    };
    const stopWatching = hub.watch(key, {
      changed: look,
      end() {
        settle();
        reject(closed());
      },
    });
    signal?.addEventListener('abort', giveUp, { once: true });
    if (signal?.aborted) giveUp();
    else look();
  });
}
