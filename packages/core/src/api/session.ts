import type { TypingError } from '../contract/typing-error.ts';
import type { StartWishes } from './start-wishes.ts';

/**
 * Why a session ended.
 *
 * - `stopped`: by `stop()`, by the end of `withTyping`, or by a one-shot stop of the conversation.
 * - `aborted`: by its `signal`.
 * - `idle`: nobody called `touch()` for `idleTimeoutMs`.
 * - `max-duration`: it lived for `maxDurationMs`.
 * - `refused`: the vendor refused for good; see `session.error`.
 * - `closed`: the whole `Typing` was closed.
 */
export type CloseReason = 'stopped' | 'aborted' | 'idle' | 'max-duration' | 'refused' | 'closed';

/**
 * What a session is doing.
 *
 * - `delayed`: it waits for `delayMs` to pass.
 * - `starting`: no start has been accepted yet.
 * - `active`: the vendor has accepted a start that has not expired.
 * - `suspended`: nothing is sent for a while, after failures.
 * - `closed`: it has ended.
 */
export type SessionState = 'delayed' | 'starting' | 'active' | 'suspended' | 'closed';

/** How a session lives. */
export interface KeepOptions extends StartWishes {
  /** How long to wait before the first start, in milliseconds: nothing is sent if the work is faster. Default: 0. */
  readonly delayMs?: number | undefined;
  /** How long the session lives without `touch()`, in milliseconds. Default: 120,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** How long the session lives at the most, in milliseconds. Default: 600,000. */
  readonly maxDurationMs?: number | undefined;
  /** How often to refresh, in milliseconds. Default: what the provider's capabilities say. Never under its `minIntervalMs`. */
  readonly refreshEveryMs?: number | undefined;
  /** How long `stop()` waits for a start in flight before it aborts it, in milliseconds. Default: 250. */
  readonly settleMs?: number | undefined;
  /** Ends the session. */
  readonly signal?: AbortSignal | undefined;
}

/** One wish to keep an indicator alive. Many sessions can hold one indicator: the last one to end clears it. */
export interface TypingSession extends AsyncDisposable {
  readonly state: SessionState;
  /** Settles with the reason when the session has ended; never rejects. */
  readonly closed: Promise<CloseReason>;
  /** What the vendor refused with, where the reason is `refused`. */
  readonly error: TypingError | undefined;
  /** Says that the work makes progress: `idleTimeoutMs` counts from now. */
  touch(): void;
  /**
   * Says that a message went out to the conversation, which cleared the indicator. It is raised again after a second,
   * unless all its sessions have ended by then.
   */
  messageSent(): void;
  /**
   * Ends the session; a second call changes nothing. Where it was the last one of its conversation, no start reaches
   * the wire any more and the indicator is cleared in the background.
   *
   * Settles, and never rejects, as soon as no start is in flight, which takes `settleMs` at the most.
   */
  stop(): Promise<void>;
}

/** How to type along with a stream. */
export interface StreamOptions {
  /** Until when to type: the `first-chunk`, or the `end` of the stream. Default: `end`. */
  readonly until?: 'first-chunk' | 'end' | undefined;
}
