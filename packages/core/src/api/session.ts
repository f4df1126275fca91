/// <reference lib="esnext.disposable" preserve="true" />
import type { TypingError } from '../contract/typing-error.ts';
import type { TypingFallback } from './fallback.ts';
import type { StartWishes } from './start-wishes.ts';

/**
 * Why a session ended.
 *
 * - `stopped`: by `stop()`, by the end of `withTyping`, or by a one-shot stop of the conversation.
 * - `stop-requested`: the person pressed the platform's Stop button; `session.signal` is aborted, too.
 * - `aborted`: by its `signal` option.
 * - `idle`: nobody called `touch()` for `idleTimeoutMs`.
 * - `max-duration`: it lived for `maxDurationMs`.
 * - `refused`: the vendor refused for good; see `session.error`.
 * - `closed`: the whole `Typing` was closed.
 */
export type CloseReason =
  | 'stopped'
  | 'stop-requested'
  | 'aborted'
  | 'idle'
  | 'max-duration'
  | 'refused'
  | 'closed';

/**
 * What a session is doing.
 *
 * - `delayed`: it waits for `delayMs` to pass.
 * - `starting`: no start has been accepted yet.
 * - `active`: the vendor has accepted a start that has not expired.
 * - `suspended`: nothing is sent for a while, after failures.
 * - `paused`: `pause()` was called.
 * - `fallback`: no indicator can be shown, and the caller's `fallback` has taken over.
 * - `closed`: it has ended.
 */
export type SessionState =
  | 'delayed'
  | 'starting'
  | 'active'
  | 'suspended'
  | 'paused'
  | 'fallback'
  | 'closed';

/** How a session lives. */
export interface KeepOptions extends StartWishes {
  /** What to call the session in events, snapshots and logs. Default: nothing. */
  readonly label?: string | undefined;
  /** How long to wait before the first start, in milliseconds: nothing is sent if the work is faster. Default: 0. */
  readonly delayMs?: number | undefined;
  /**
   * How long the session lives without `touch()`, in milliseconds. Default: 120,000.
   *
   * In `withTyping` the work itself is the sign of life: there is no such cap while a function or a promise is pending, or
   * while somebody waits for the next chunk of a stream. Where you give one, it counts in any case.
   */
  readonly idleTimeoutMs?: number | undefined;
  /** How long the session lives at most, in milliseconds. Default: 600,000; in `withTyping` 1,800,000. */
  readonly maxDurationMs?: number | undefined;
  /** How often to refresh, in milliseconds. Default: what the provider's capabilities say. Never under its `minIntervalMs`. */
  readonly refreshEveryMs?: number | undefined;
  /** How long `stop()` waits for a start in flight before it aborts it, in milliseconds. Default: 250. */
  readonly settleMs?: number | undefined;
  /** Ends the session. */
  readonly signal?: AbortSignal | undefined;
  /**
   * What to show where no indicator can be. With it, a session that the vendor refuses for good goes on without the
   * indicator until it is stopped, instead of ending. Default: nothing.
   */
  readonly fallback?: TypingFallback | undefined;
}

/** What the work is doing. */
export type SessionUpdate = Pick<StartWishes, 'status' | 'action'>;

/** One wish to keep an indicator alive. Many sessions can hold one indicator: the last one to end clears it. */
export interface TypingSession extends AsyncDisposable {
  /** Names the session: unique, impossible to guess, and safe to send to another process. See `typing.session(id)`. */
  readonly id: string;
  /** What its options call it. */
  readonly label: string | undefined;
  readonly state: SessionState;
  /** Settles when the session is established: in memory at once. Never rejects. */
  readonly opened: Promise<void>;
  /** Settles with the reason when the session has ended; never rejects. */
  readonly closed: Promise<CloseReason>;
  /** What the vendor refused with, where the reason is `refused` or the `fallback` has taken over. */
  readonly error: TypingError | undefined;
  /**
   * Aborted when the person presses the platform's Stop button, with an `AbortError`: give it to whatever makes the
   * answer. Nothing else aborts it. See `typing.receive`.
   *
   * @example
   * withTyping('slack', target, (session) => generateText({ model, prompt, abortSignal: session.signal }));
   */
  readonly signal: AbortSignal;
  /** Says that the work makes progress: `idleTimeoutMs` counts from now. */
  touch(): void;
  /**
   * Says that a message went out to the conversation, which cleared the indicator. It is raised again after a second,
   * unless all its sessions have ended by then.
   */
  messageSent(): void;
  /**
   * Says what the work is doing now, instead of what was said before: `update({ status: 'is searching the web…' })`. Where
   * the vendor shows it, it goes out at once, or as soon as the least interval between two starts has passed; elsewhere
   * it is plain typing, and observers hear `not-shown`. The newest word wins, also among the sessions of a conversation.
   *
   * @throws TypingError `misconfigured`, where it is not made of `status` and `action`.
   */
  update(update: SessionUpdate): void;
  /**
   * Takes the indicator down while a person is asked: the clear goes out behind a start in flight, nothing is sent, and the
   * caps stand still. A `fallback` is cleared, too. A second call changes nothing.
   */
  pause(): void;
  /** Shows the indicator again after `pause()`. `idleTimeoutMs` counts from now. */
  resume(): void;
  /**
   * Ends the session; a second call changes nothing. Where it was the last one of its conversation, no start reaches
   * the wire any more and the indicator is cleared in the background.
   *
   * Settles, and never rejects, as soon as no start is in flight, which takes `settleMs` at most.
   */
  stop(): Promise<void>;
}

/** How to type along with a stream. */
export interface StreamOptions {
  /** Until when to type: the `first-chunk`, or the `end` of the stream. Default: `end`. */
  readonly until?: 'first-chunk' | 'end' | undefined;
}

/** What `withTyping` can stand around, beside an `AsyncIterable`: a `ReadableStream`, in the words that it needs. */
export interface ReadableChunks<Chunk> {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Chunk | undefined }>;
    cancel(reason?: unknown): Promise<void>;
    releaseLock(): void;
  };
}

/** A stream, such as an LLM's answer. */
export type TypingStream<Chunk> = AsyncIterable<Chunk> | ReadableChunks<Chunk>;

/** What `withTyping` can stand around: a function, a promise or a stream. */
export type TypingWork<T> =
  | ((session: TypingSession) => T | PromiseLike<T>)
  | PromiseLike<T>
  | TypingStream<T>;
