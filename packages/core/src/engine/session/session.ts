import type { TypingError } from '../../contract/typing-error.ts';
import { WheelEntry } from '../../time/timer-wheel.ts';
import { type AbortListener, addAbortListener, removeAbortListener } from './abort-listeners.ts';
import type { Indicator } from '../indicator/indicator.ts';
import type { ListedSession } from './listed-session.ts';
import { hold, noteMessage, release, stateOf } from '../indicator/run.ts';
import type { CloseReason, KeepOptions, SessionState, TypingSession } from '../../api/session.ts';

const defaultIdleTimeoutMs = 120_000;
const defaultMaxDurationMs = 600_000;
const defaultSettleMs = 250;

/** One caller's wish, as the engine holds it: its caps, its signal, and how it ended. */
export class Session extends WheelEntry implements ListedSession, TypingSession, AbortListener {
  preceding: ListedSession | undefined = undefined;
  following: ListedSession | undefined = undefined;
  isHolding = false;
  readonly options: KeepOptions;
  error: TypingError | undefined = undefined;

  readonly #indicator: Indicator;
  readonly #openedAtMs: number;
  #touchedAtMs: number;
  #reason: CloseReason | undefined = undefined;
  #closed: Promise<CloseReason> | undefined = undefined;
  #resolveClosed: ((reason: CloseReason) => void) | undefined = undefined;
  #stopping: Promise<void> | undefined = undefined;

  constructor(indicator: Indicator, options: KeepOptions) {
    super();
    this.#indicator = indicator;
    this.options = options;
    this.#openedAtMs = indicator.context.nowMs();
    this.#touchedAtMs = this.#openedAtMs;
  }

  /** Begins to live. */
  open(): void {
    const { signal } = this.options;
    if (signal?.aborted) {
      this.#end('aborted');
      return;
    }
    // The session is its own listener: a closure for each of a million would cost more than the session.
    if (signal) addAbortListener(signal, this);
    if (this.#holdsAtMs > this.#openedAtMs) this.#wakeAt(Math.min(this.#holdsAtMs, this.#endsAtMs));
    else this.#hold();
  }

  get state(): SessionState {
    if (this.#reason !== undefined) return 'closed';
    return this.isHolding ? stateOf(this.#indicator) : 'delayed';
  }

  get closed(): Promise<CloseReason> {
    this.#closed ??= new Promise((resolve) => {
      if (this.#reason === undefined) this.#resolveClosed = resolve;
      else resolve(this.#reason);
    });
    return this.#closed;
  }

  get hasWishes(): boolean {
    const { action, status, ttlMs } = this.options;
    return action !== undefined || status !== undefined || ttlMs !== undefined;
  }

  get refreshEveryMs(): number {
    return this.options.refreshEveryMs ?? Infinity;
  }

  get settleMs(): number {
    return this.options.settleMs ?? defaultSettleMs;
  }

  get ageMs(): number {
    return this.#indicator.context.nowMs() - this.#openedAtMs;
  }

  touch(): void {
    this.#touchedAtMs = this.#indicator.context.nowMs();
  }

  messageSent(): void {
    this.touch();
    if (this.#reason === undefined) noteMessage(this.#indicator);
  }

  stop(): Promise<void> {
    this.#end('stopped');
    return this.#stopping ?? Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  onAbort(): void {
    this.#end('aborted');
  }

  override onDue(nowMs: number): void {
    if (nowMs >= this.#latestEndMs) {
      this.#end('max-duration');
    } else if (nowMs >= this.#idleEndMs) {
      this.#end('idle');
    } else if (this.isHolding) {
      this.#wakeAt(this.#endsAtMs);
    } else if (nowMs < this.#holdsAtMs) {
      this.#wakeAt(Math.min(this.#holdsAtMs, this.#endsAtMs));
    } else {
      this.#hold();
    }
  }

  finish(reason: CloseReason, error?: TypingError): void {
    const { context, key } = this.#indicator;
    const { signal } = this.options;
    this.#reason = reason;
    this.error = error;
    context.wheel.cancel(this);
    if (signal) removeAbortListener(signal, this);
    this.#resolveClosed?.(reason);
    if (context.isObserved) context.emit({ type: 'closed', reason }, key);
  }

  #end(reason: CloseReason): void {
    if (this.#reason !== undefined) return;
    const stopping = release(this.#indicator, this);
    this.finish(reason);
    this.#stopping = stopping;
  }

  #hold(): void {
    this.#wakeAt(this.#endsAtMs);
    hold(this.#indicator, this);
  }

  // `touch()` only notes the time: the session wakes at the old one and looks again.
  get #endsAtMs(): number {
    return Math.min(this.#idleEndMs, this.#latestEndMs);
  }

  get #holdsAtMs(): number {
    return this.#openedAtMs + (this.options.delayMs ?? 0);
  }

  get #idleEndMs(): number {
    return this.#touchedAtMs + (this.options.idleTimeoutMs ?? defaultIdleTimeoutMs);
  }

  get #latestEndMs(): number {
    return this.#openedAtMs + (this.options.maxDurationMs ?? defaultMaxDurationMs);
  }

  #wakeAt(ms: number): void {
    this.#indicator.context.wheel.schedule(this, ms);
  }
}
