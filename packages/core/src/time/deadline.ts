import { abortReasonOf } from './abort-reason.ts';
import type { Clock, Timer } from './clock.ts';
import { LazyAbort } from './lazy-abort.ts';

/** What is told when something is over: an `AbortSignal` without the cost of one, unless somebody asks for it. */
export interface LazySignal {
  readonly isAborted: boolean;
  /** What it ended for, once it is over. */
  readonly reason: unknown;
  /** The same as a signal. Made when it is first asked for. */
  readonly signal: AbortSignal;
  throwIfAborted(): void;
  /** Runs `listener` when it is over, at once where it already is. @returns takes it back. */
  onAbort(listener: () => void): () => void;
}

/** A span of time within which something must settle, joined to a caller's wish to abort. */
export interface Deadline extends LazySignal {
  /** Milliseconds left; never negative. */
  readonly remainingMs: () => number;
  /** Settles as `work` does, or rejects with `reason`: work that does not look cannot hold us up. */
  hold<T>(work: Promise<T>): Promise<T>;
  /** Ends it now. */
  abort(reason: unknown): void;
  /** Cancels the timer and lets go of the caller's signal. */
  close(): void;
}

/**
 * @param reason what it ends for once `afterMs` milliseconds have passed.
 * @param caller the caller's own signal, which ends it with its own reason; the listener on it is removed by `close`.
 */
export function openDeadline(
  clock: Clock,
  afterMs: number,
  reason: () => unknown,
  caller?: AbortSignal,
): Deadline {
  return new OpenDeadline(clock, afterMs, reason, caller);
}

class OpenDeadline extends LazyAbort implements Deadline {
  readonly remainingMs: () => number;
  readonly #caller: AbortSignal | undefined;
  readonly #follow: () => void;
  readonly #timer: Timer;
  readonly #listeners: (() => void)[] = [];

  constructor(
    clock: Clock,
    afterMs: number,
    reason: () => unknown,
    caller: AbortSignal | undefined,
  ) {
    super();
    const endsAt = clock.now() + afterMs;
    this.remainingMs = () => Math.max(0, endsAt - clock.now());
    this.#timer = clock.setTimer(() => this.abort(reason()), afterMs);
    this.#caller = caller;
    this.#follow = () => this.abort(caller && abortReasonOf(caller));
    if (caller?.aborted) this.#follow();
    else caller?.addEventListener('abort', this.#follow, { once: true });
  }

  onAbort(listener: () => void): () => void {
    if (this.isAborted) listener();
    else this.#listeners.push(listener);
    return () => {
      const place = this.#listeners.indexOf(listener);
      if (place !== -1) this.#listeners.splice(place, 1);
    };
  }

  hold<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const takeBack = this.onAbort(() => reject(this.reason));
      work.then(
        (value) => {
          takeBack();
          resolve(value);
        },
        (error: unknown) => {
          takeBack();
          reject(error);
        },
      );
    });
  }

  override abort(reason: unknown): void {
    if (this.isAborted) return;
    super.abort(reason);
    for (const listener of this.#listeners.splice(0)) listener();
  }

  close(): void {
    this.#timer.cancel();
    this.#caller?.removeEventListener('abort', this.#follow);
  }
}
