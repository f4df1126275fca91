import { TypingError } from '../../contract/typing-error.ts';
import type { Clock } from '../../time/clock.ts';
import { pause } from '../../time/pause.ts';

const quickStatuses: ReadonlySet<number | undefined> = new Set([502, 503, 504]);
const quickDelayMs = 100;

/** How much time an attempt has left in all. */
export type RemainingMs = () => number;

/** What has a say in a second attempt: much can happen while it waits. */
export interface SecondAttemptGate {
  /** The first attempt has failed, and there may be a second one. */
  onFailure(error: TypingError): void;
  /** Whether the second attempt may go out now. */
  admits(): boolean | Promise<boolean>;
}

/**
 * Makes an attempt, and at most one more: quickly where there was no connection or a gateway was in trouble, or
 * after the vendor's own `Retry-After` where that fits into what is left. A typing indicator is perishable; a third
 * attempt would come too late to be worth anything.
 */
export async function withSecondAttempt<T>(
  attempt: () => Promise<T>,
  { clock, random }: { readonly clock: Clock; readonly random: () => number },
  signal: AbortSignal,
  remainingMs: RemainingMs,
  gate?: SecondAttemptGate,
): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!TypingError.isInstance(error)) throw error;
    const waitMs = secondAttemptAfterMs(error, random);
    if (signal.aborted || waitMs === undefined || waitMs >= remainingMs()) throw error;
    gate?.onFailure(error);
    await pause(clock, waitMs, signal);
    const admitted = gate?.admits() ?? true;
    if (admitted !== true && !(await admitted)) throw error;
    // The gate may have taken its time.
    signal.throwIfAborted();
    return attempt();
  }
}

/** How long to wait before the second attempt; `undefined` where there should be none. */
export function secondAttemptAfterMs(error: TypingError, random: () => number): number | undefined {
  if (!error.retryable) return undefined;
  if (error.retryAfterMs !== undefined) return Math.max(error.retryAfterMs, quickDelayMs);
  const isQuick =
    error.code === 'network' || (error.code === 'unavailable' && quickStatuses.has(error.status));
  return isQuick ? quickDelayMs + random() * quickDelayMs : undefined;
}
