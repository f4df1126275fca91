import type { CloseReason, KeepOptions, SessionState, SessionUpdate } from '../../api/session.ts';
import type { TypingError } from '../../contract/typing-error.ts';
import { WheelEntry } from '../../time/timer-wheel.ts';
import type { EngineContext } from '../engine-context.ts';
import type { Indicator } from '../indicator/indicator.ts';
import { checkOptions } from '../arguments/check-options.ts';
import { updateOptions } from '../arguments/verb-options.ts';
import { renewWishes } from '../indicator/holders.ts';
import { goOn, hold, letGo, noteMessage, release, stateOf } from '../indicator/run.ts';
import { hurry } from '../indicator/pace.ts';
import { looksDifferent, unshownWishes } from '../indicator/wishes.ts';
import { type AbortListener, addAbortListener, removeAbortListener } from './abort-listeners.ts';
import { Fallback } from './fallback.ts';
import type { ListedSession } from './listed-session.ts';
import { makePrintable, portraitOf, type SessionPortrait } from './print-session.ts';
import { newSessionId } from './session-id.ts';
import type { WorkSession } from './work-session.ts';

const defaultIdleTimeoutMs = 120_000;
const defaultMaxDurationMs = 600_000;
const defaultSettleMs = 250;

/** In memory a session is established as soon as it is open. One promise serves all. */
const established = Promise.resolve();

/** What only some sessions have. Made with the first of it: a million sessions pay for every field. */
class Rarities {
  id: string | undefined = undefined;
  isAwaited = false;
  closed: Promise<CloseReason> | undefined = undefined;
  resolveClosed: ((reason: CloseReason) => void) | undefined = undefined;
  stopButton: AbortController | undefined = undefined;
  stopping: Promise<void> | undefined = undefined;
  /** Since when it is paused. */
  pausedAtMs: number | undefined = undefined;
  /** For how long it was paused before. */
  pausedForMs = 0;
  /** Whether the vendor has refused the indicator for good. */
  isRefused = false;
  /** What shows instead of the indicator. */
  fallback: Fallback | undefined = undefined;
}

/** One caller's wish, as the engine holds it: its caps, its signal, and how it ended. */
export class Session extends WheelEntry implements ListedSession, WorkSession, AbortListener {
  static {
    makePrintable(this.prototype);
  }

  preceding: ListedSession | undefined = undefined;
  following: ListedSession | undefined = undefined;
  isHolding = false;
  options: KeepOptions;
  error: TypingError | undefined = undefined;

  readonly #indicator: Indicator;
  readonly #openedAtMs: number;
  #touchedAtMs: number;
  #reason: CloseReason | undefined = undefined;
  #rarities: Rarities | undefined = undefined;

  constructor(indicator: Indicator, options: KeepOptions) {
    super();
    this.#indicator = indicator;
    this.options = options;
    this.#openedAtMs = indicator.context.nowMs();
    this.#touchedAtMs = this.#openedAtMs;
  }

  /** Begins to live. */
  open(): void {
    const { context, key } = this.#indicator;
    const { signal } = this.options;
    if (context.isObserved) context.emit({ type: 'opened', ...this.#names }, key);
    // The observer may have ended it.
    if (this.#reason !== undefined) return;
    if (signal?.aborted) {
      this.#end('aborted');
      return;
    }
    // The session is its own listener: a closure for each of a million would cost more than the session.
    if (signal) addAbortListener(signal, this);
    if (this.hasWishes) this.#tellUnshown();
    this.#goOn(this.#openedAtMs);
  }

  get id(): string {
    const rarities = this.#rare;
    if (rarities.id === undefined) {
      const { gate, sessionsById } = this.#engine;
      const name = gate.nameSession(this.#indicator);
      // A gate that names two alike would make one of them impossible to find.
      rarities.id = name === undefined || sessionsById.has(name) ? newSessionId() : name;
      // Nobody can ask for one whose id nobody knows.
      if (this.#reason === undefined) this.#engine.sessionsById.set(rarities.id, this);
    }
    return rarities.id;
  }

  get label(): string | undefined {
    return this.options.label;
  }

  get state(): SessionState {
    if (this.#reason !== undefined) return 'closed';
    if (this.#isPaused()) return 'paused';
    if (this.#rarities?.fallback) return 'fallback';
    return this.isHolding ? stateOf(this.#indicator) : 'delayed';
  }

  get opened(): Promise<void> {
    return established;
  }

  get closed(): Promise<CloseReason> {
    const rarities = this.#rare;
    rarities.closed ??= new Promise((resolve) => {
      if (this.#reason === undefined) rarities.resolveClosed = resolve;
      else resolve(this.#reason);
    });
    return rarities.closed;
  }

  get signal(): AbortSignal {
    const rarities = this.#rare;
    if (!rarities.stopButton) {
      rarities.stopButton = new AbortController();
      if (this.#reason === 'stop-requested') rarities.stopButton.abort(stopRequest());
    }
    return rarities.stopButton.signal;
  }

  get isAwaited(): boolean {
    return this.#rarities?.isAwaited ?? false;
  }

  set isAwaited(isAwaited: boolean) {
    // Whatever ends the wait is a sign of life, too.
    this.touch();
    this.#rare.isAwaited = isAwaited;
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

  get fallsBack(): boolean {
    return this.options.fallback !== undefined;
  }

  update(update: SessionUpdate): void {
    const { status, action } = checkOptions('update', updateOptions, update);
    if (this.#reason !== undefined) return;
    const before = this.options;
    const indicator = this.#indicator;
    renewWishes(indicator, this, () => {
      this.options = { ...before, status, action };
    });
    this.touch();
    this.#rarities?.fallback?.update({ status, action });
    if (this.hasWishes) this.#tellUnshown();
    if (!this.isHolding || !looksDifferent(indicator, before, this.options)) return;
    hurry(indicator);
    goOn(indicator);
  }

  pause(): void {
    if (this.#reason !== undefined || this.#isPaused()) return;
    const { context } = this.#indicator;
    const rarities = this.#rare;
    rarities.pausedAtMs = context.nowMs();
    context.wheel.cancel(this);
    rarities.fallback?.clear();
    rarities.fallback = undefined;
    this.#emit('paused');
    // The observer may have ended it, or let it go on.
    if (this.isHolding && this.#isPaused()) void letGo(this.#indicator, this);
  }

  resume(): void {
    const rarities = this.#rarities;
    if (this.#reason !== undefined || rarities?.pausedAtMs === undefined) return;
    const nowMs = this.#indicator.context.nowMs();
    rarities.pausedForMs += nowMs - rarities.pausedAtMs;
    rarities.pausedAtMs = undefined;
    this.touch();
    this.#emit('continued');
    if (this.#reason === undefined && !this.#isPaused()) this.#goOn(nowMs);
  }

  stop(): Promise<void> {
    this.#end('stopped');
    return this.#rarities?.stopping ?? established;
  }

  /** The person pressed the platform's Stop button. */
  requestStop(): void {
    if (this.#reason !== undefined) return;
    // First, so that whoever listens to the signal finds it closed.
    this.#end('stop-requested');
    this.#rarities?.stopButton?.abort(stopRequest());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  toJSON(): SessionPortrait {
    return portraitOf(this, this.#indicator.context.channel, this.ageMs);
  }

  onAbort(): void {
    this.#end('aborted');
  }

  override onDue(nowMs: number): void {
    // Work that is under way is a sign of life, unless the caller wants to hear of it in person.
    if (this.isAwaited && this.options.idleTimeoutMs === undefined) this.#touchedAtMs = nowMs;
    if (nowMs >= this.#latestEndMs) {
      this.#end('max-duration');
    } else if (nowMs >= this.#idleEndMs) {
      this.#end('idle');
    } else {
      this.#goOn(nowMs);
    }
  }

  finish(reason: CloseReason, error?: TypingError): void {
    if (reason === 'refused' && this.fallsBack) {
      this.error = error;
      this.#rare.isRefused = true;
      if (!this.#isPaused()) this.#goOn(this.#indicator.context.nowMs());
      return;
    }
    const { context, key } = this.#indicator;
    const { signal } = this.options;
    this.#reason = reason;
    this.error = error ?? this.error;
    this.#rarities?.fallback?.clear();
    context.wheel.cancel(this);
    if (signal) removeAbortListener(signal, this);
    const id = this.#rarities?.id;
    if (id !== undefined) this.#engine.sessionsById.delete(id);
    this.#rarities?.resolveClosed?.(reason);
    if (context.isObserved) context.emit({ type: 'closed', reason, ...this.#names }, key);
  }

  #end(reason: CloseReason): void {
    if (this.#reason !== undefined) return;
    // First: what the indicator emits now may make an observer end this once more.
    this.#reason = reason;
    const stopping = release(this.#indicator, this);
    this.finish(reason);
    const clearing = this.#rarities?.fallback?.settled(this.settleMs);
    if (stopping ?? clearing) this.#rare.stopping = stopping ?? clearing;
  }

  /** Does what is next: waits for its delay or for its caps, holds the indicator, or shows what it has instead. */
  #goOn(nowMs: number): void {
    const isDelayed = nowMs < this.#holdsAtMs;
    this.#wakeAt(isDelayed ? Math.min(this.#holdsAtMs, this.#endsAtMs) : this.#endsAtMs);
    if (isDelayed || this.isHolding || this.#rarities?.fallback) return;
    if (this.fallsBack && (this.#rarities?.isRefused || this.#showsNothing)) this.#fallBack();
    else hold(this.#indicator, this);
  }

  #isPaused(): boolean {
    return this.#rarities?.pausedAtMs !== undefined;
  }

  #fallBack(): void {
    const { error, options } = this;
    const { action, fallback, status } = options;
    if (!fallback) return;
    this.#rare.fallback = new Fallback(fallback, this.#indicator, { status, action });
    const reason = error ? 'refused' : 'nothing-shows';
    const { context, key } = this.#indicator;
    context.emit({ type: 'fallback', reason, ...(error && { error }), ...this.#names }, key);
  }

  get #showsNothing(): boolean {
    const { context, target } = this.#indicator;
    return context.capabilitiesOf(target).shows === false;
  }

  #tellUnshown(): void {
    const { context, key, target } = this.#indicator;
    if (!context.isObserved) return;
    const wishes = unshownWishes(context.capabilitiesOf(target), this.options);
    if (wishes.length > 0) context.emit({ type: 'not-shown', wishes, ...this.#names }, key);
  }

  #emit(type: 'paused' | 'continued'): void {
    const { context, key } = this.#indicator;
    if (context.isObserved) context.emit({ type, ...this.#names }, key);
  }

  get #rare(): Rarities {
    this.#rarities ??= new Rarities();
    return this.#rarities;
  }

  get #engine(): EngineContext {
    return this.#indicator.context.engine;
  }

  /** What events call it. */
  get #names(): { readonly sessionId: string; readonly label?: string } {
    const { label } = this;
    return { sessionId: this.id, ...(label !== undefined && { label }) };
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
    const pausedForMs = this.#rarities?.pausedForMs ?? 0;
    return this.#openedAtMs + pausedForMs + (this.options.maxDurationMs ?? defaultMaxDurationMs);
  }

  #wakeAt(ms: number): void {
    this.#indicator.context.wheel.schedule(this, ms);
  }
}

function stopRequest(): DOMException {
  // What AI SDKs and `fetch` know as "somebody gave it up".
  return new DOMException('The person pressed Stop.', 'AbortError');
}
