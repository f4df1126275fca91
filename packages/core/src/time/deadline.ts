import type { Clock, Timer } from './clock.ts';

/** A span of time within which something must settle, joined to a caller's wish to abort. */
export interface Deadline {
  /** Aborted when the time is up (with the reason that was given) or when the caller aborts (with theirs). */
  readonly signal: AbortSignal;
  /** Milliseconds left; never negative. */
  readonly remainingMs: () => number;
  /** Settles as `work` does, or rejects with `signal.reason`: work that ignores its signal cannot hold us up. */
  hold<T>(work: Promise<T>): Promise<T>;
  /** Aborts now. */
  abort(reason: unknown): void;
  /** Cancels the timer and lets go of the caller's signal. */
  close(): void;
}

/**
 * @param reason what `signal.reason` will be once `afterMs` milliseconds have passed.
 * @param caller the caller's own signal; the listener on it is removed by `close`.
 */
export function openDeadline(
  clock: Clock,
  afterMs: number,
  reason: () => unknown,
  caller?: AbortSignal,
): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  const endsAt = clock.now() + afterMs;
  const timer: Timer = clock.setTimer(() => controller.abort(reason()), afterMs);
  const follow = (): void => controller.abort(caller?.reason);

  if (caller?.aborted) follow();
  else caller?.addEventListener('abort', follow, { once: true });

  return {
    signal,
    remainingMs: () => Math.max(0, endsAt - clock.now()),
    hold: (work) =>
      new Promise((resolve, reject) => {
        const giveUp = (): void => reject(signal.reason);
        if (signal.aborted) giveUp();
        else signal.addEventListener('abort', giveUp, { once: true });
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
      }),
    abort: (why) => controller.abort(why),
    close() {
      timer.cancel();
      caller?.removeEventListener('abort', follow);
    },
  };
}
