import { longAgoMs } from '../../time/long-ago.ts';
import type { TypingError } from '../../contract/typing-error.ts';
import type { Failures } from './failures.ts';
import { circuitCoolDownMs, leastPauseMs } from '../limits/policy.ts';
import { secondAttemptAfterMs } from '../exchange/second-attempt.ts';
import { SessionList } from './session-list.ts';

/** How soon after a failure the next start goes out, where the cadence would be slower. */
const afterFailureMs = 5_000;
/** How long after a message the indicator is raised again. */
const resumeMs = 1_000;

/** When the next start of an indicator is due. */
export abstract class Pace extends SessionList {
  /** How many starts went out since somebody holds the indicator. */
  attempts = 0;
  /** When the next one is due; in the past: now. */
  nextStartAtMs: number = longAgoMs;
  #sentAtMs: number = longAgoMs;
  /** Until when a message keeps the indicator down. */
  #resumeAtMs: number = longAgoMs;

  get pace(): Pace {
    return this;
  }

  /** How long to wait from one start to the next, in milliseconds. */
  intervalMs(visibleForMs?: number): number {
    return this.refreshIntervalMs(this.wishMs, visibleForMs);
  }

  /**
   * Somebody holds the indicator who did not before.
   *
   * @param isFresh whether it was started a moment ago.
   * @param isStarting whether a start is in flight. Either is the first one, and what follows is a refresh.
   * @param ageMs how long the session has lived. One that was already there waits out a message.
   */
  begin(isFresh: boolean, isStarting: boolean, ageMs: number): void {
    this.attempts = isStarting || isFresh ? 1 : 0;
    this.nextStartAtMs = isFresh ? this.#sentAtMs + this.intervalMs(this.visibleForMs) : longAgoMs;
    const wasOpenAtMessage = this.nowMs - ageMs < this.#resumeAtMs - resumeMs;
    if (wasOpenAtMessage) this.nextStartAtMs = Math.max(this.nextStartAtMs, this.#resumeAtMs);
  }

  sent(nowMs: number): void {
    this.attempts += 1;
    this.#sentAtMs = nowMs;
  }

  // Counted from when the start was sent: a slow vendor does not slow the cadence down.
  planRefresh(visibleForMs: number): void {
    this.nextStartAtMs = this.#sentAtMs + this.intervalMs(visibleForMs);
  }

  /** @param isFailing whether starts have failed lately: a message is no reason to ask again sooner. */
  messageSent(isFailing: boolean): void {
    this.#resumeAtMs = this.nowMs + resumeMs;
    this.nextStartAtMs = Math.max(this.#resumeAtMs, isFailing ? this.nextStartAtMs : longAgoMs);
  }

  /** The start failed, and whether to go on is to be asked at once. */
  askAgain(): void {
    this.nextStartAtMs = Math.max(this.#resumeAtMs, this.nowMs);
  }

  /** The start failed, and nobody knows what that means. */
  keepCadence(): void {
    const leastMs = Math.max(this.capabilities.minIntervalMs, leastPauseMs);
    this.nextStartAtMs = Math.max(
      this.#resumeAtMs,
      this.nowMs + leastMs,
      this.#sentAtMs + this.intervalMs(),
    );
  }

  /** The start failed in a way that may pass. */
  planRetry(error: TypingError, failures: Failures): void {
    const pauseMs = this.#pauseAfterMs(error, failures);
    this.nextStartAtMs = Math.max(this.#resumeAtMs, this.nowMs + pauseMs);
  }

  #pauseAfterMs(error: TypingError, failures: Failures): number {
    if (failures.count()) return circuitCoolDownMs;
    const { capabilities, context } = this;
    // A probe of a suspended credential has no second attempt: its next turn comes with the next probe.
    if (this.attempts === 1 && !context.credential.isSuspended) {
      const quickMs = secondAttemptAfterMs(error, context.random);
      if (quickMs !== undefined) return quickMs;
    }
    const leastMs = Math.max(capabilities.minIntervalMs, leastPauseMs);
    return Math.max(leastMs, error.retryAfterMs ?? Math.min(this.intervalMs(), afterFailureMs));
  }
}
