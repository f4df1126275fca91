import type { TypingError } from '../../contract/typing-error.ts';
import type { StartReceipt } from '../../contract/typing-receipt.ts';
import { unscheduled, type WheelEntry } from '../../time/timer-wheel.ts';
import type { Sender } from '../limits/credential.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { Failures } from './failures.ts';
import type { ListedSession } from '../session/listed-session.ts';
import { lowerBubble } from './clear-indicator.ts';
import { obeyPolicy } from './obey-policy.ts';
import { consequenceOf, isRefusal } from '../limits/policy.ts';
import { prepareStart } from './prepare-start.ts';
import { reasonToSkip } from './reason-to-skip.ts';
import type { CloseReason, SessionState } from '../../api/session.ts';
import { Wire } from './wire.ts';

/**
 * The indicator of one conversation: at most one, however many sessions hold it. It decides when the next start goes
 * over the wire; every change leads to {@link Indicator.goOn}, which does what is next.
 *
 * It is made of layers, a file and a name for each: conversation, bubble, sessions, pace, wire. They are one object,
 * because most of what a refresh costs is to fetch from memory what it touches: a million conversations fit into no
 * cache.
 */
export class Indicator extends Wire implements Sender, WheelEntry {
  slot: number = unscheduled;
  dueMs = 0;
  next: WheelEntry | undefined = undefined;
  previous: WheelEntry | undefined = undefined;
  /** How many one-shot calls are under way: until they have ended, this is not forgotten. */
  visitors = 0;
  /** Made with the first failure. */
  failures: Failures | undefined = undefined;

  get state(): SessionState {
    const { context, nowMs } = this.conversation;
    if (context.credential.isSuspended || this.failures?.isOpen) return 'suspended';
    return this.bubble.isVisible(nowMs) ? 'active' : 'starting';
  }

  /** Whether any session holds it. */
  get isHeld(): boolean {
    return this.sessions.holders > 0;
  }

  /** Whether a start was accepted so recently that another one may not follow. */
  get isFresh(): boolean {
    const { capabilities, nowMs } = this.conversation;
    return this.bubble.isYoungerThan(capabilities.minIntervalMs, nowMs);
  }

  /** Lets a session hold it: the first one starts it. */
  hold(session: ListedSession): void {
    this.sessions.addHolder(session);
    const { isFresh } = this;
    const { isStarting } = this.wire;
    const isFirst = this.sessions.holders === 1;
    if (!isFirst || isStarting || isFresh) this.conversation.emit({ type: 'coalesced' });
    if (!isFirst) return;
    this.conversation.budget.join();
    this.pace.begin(isFresh, isStarting, session.ageMs);
    this.goOn();
  }

  /**
   * Takes a session away: the last one clears it.
   *
   * @returns settles when no start is in flight any more.
   */
  release(session: ListedSession): Promise<void> | undefined {
    const wasHolding = session.isHolding;
    this.sessions.remove(session);
    if (wasHolding && !this.isHeld) {
      this.#leave();
      return this.#lower(session.settleMs);
    }
    this.goOn();
    return undefined;
  }

  /** Ends: the vendor refused for good. What was up before is not what it refused. */
  refuse(error: TypingError): void {
    const { isHeld } = this;
    this.endSessions('refused', error);
    if (isHeld) void this.#lower(0);
  }

  endSessions(reason: CloseReason, error?: TypingError): void {
    const { isHeld } = this;
    this.sessions.endAll(reason, error);
    if (isHeld) this.#leave();
  }

  onDue(nowMs: number): void {
    if (this.wire.isStarting) this.wire.expireStart();
    else this.goOn(nowMs);
  }

  onAdmission(afterMs: number): void {
    if (!this.isHeld || !this.wire.isIdle) return;
    if (afterMs === 0) this.goOn();
    else this.#wakeAt(this.conversation.nowMs + afterMs);
  }

  onStarted(exchange: Exchange<StartReceipt>, receipt: StartReceipt): void {
    const { conversation } = this;
    const { context, nowMs } = conversation;
    const visibleForMs = receipt.visibleForMs ?? conversation.lifetimeMs(exchange.ttlMs);
    const type = this.bubble.isVisible(nowMs) ? 'refreshed' : 'started';
    if (this.bubble.accepted(nowMs, visibleForMs)) this.pace.planRefresh(visibleForMs);
    context.credential.report(this, undefined);
    if (context.isObserved) {
      const { traceId, warnings } = receipt;
      const about = { attempt: this.pace.attempts, durationMs: nowMs - exchange.beganAtMs };
      conversation.emit({ type, ...about, traceId, warnings });
    }
    this.failures?.recover();
    this.goOn(nowMs);
  }

  onStartFailed(exchange: Exchange<StartReceipt>, error: TypingError): void {
    const failures = this.#failuresSoFar();
    failures.tell('start', exchange, this.pace.attempts, error);
    if (isRefusal(consequenceOf(error.code))) this.bubble.refused();
    else this.#doubt(exchange);
    this.conversation.context.credential.report(this, error.code);
    obeyPolicy(this, failures, error);
    this.goOn();
  }

  onStartAbandoned(exchange: Exchange<StartReceipt>): void {
    this.#doubt(exchange);
    this.conversation.context.credential.leave(this);
    this.goOn();
  }

  onStopped(exchange: Exchange<void>, error: TypingError | undefined): void {
    if (error) {
      this.#failuresSoFar().tell('stop', exchange, this.pace.attempts, error);
    } else {
      this.bubble.gone();
      const durationMs = this.conversation.nowMs - exchange.beganAtMs;
      this.conversation.emit({ type: 'cleared', durationMs });
    }
    this.goOn();
  }

  /** Does what is next, whenever something has changed. */
  goOn(nowMs: number = this.conversation.nowMs): void {
    if (!this.wire.isIdle) return;
    const { nextStartAtMs } = this.pace;
    if (!this.isHeld) this.#retire(nowMs);
    else if (nextStartAtMs > nowMs) this.#wakeAt(nextStartAtMs);
    else this.#tick(nowMs);
  }

  /** A start is due. */
  #tick(nowMs: number): void {
    const { context, target } = this.conversation;
    const skip = reasonToSkip(this.conversation, this.bubble, this.pace, nowMs);
    if (skip) {
      const { reason, untilMs } = skip;
      if (reason !== 'needless') this.conversation.emit({ type: 'skipped', reason });
      this.pace.nextStartAtMs = untilMs;
      this.#wakeAt(untilMs);
      return;
    }
    context.wheel.cancel(this);
    // Where not, the credential calls `onAdmission`.
    if (!context.credential.admit(this)) return;
    const { wishes } = this.sessions;
    const ttlMs = prepareStart(this, wishes?.ttlMs, nowMs);
    this.wire.sendStart(target, wishes, ttlMs, nowMs);
  }

  #lower(settleMs: number): Promise<void> | undefined {
    const settled = lowerBubble(this, settleMs);
    this.conversation.context.wheel.cancel(this);
    this.goOn();
    return settled;
  }

  #leave(): void {
    this.conversation.budget.leave();
    this.failures?.forgive();
    if (!this.wire.isStarting) this.conversation.context.credential.leave(this);
  }

  #doubt({ ttlMs }: Exchange<StartReceipt>): void {
    this.bubble.unanswered(this.conversation.nowMs, this.conversation.lifetimeMs(ttlMs));
  }

  /** Nobody holds it: keeps in mind what may still be up, and then is forgotten. */
  #retire(nowMs: number): void {
    const { capabilities, context } = this.conversation;
    const neededUntilMs = this.bubble.neededUntilMs(capabilities.minIntervalMs);
    if (this.visitors > 0 || !this.sessions.isEmpty) context.wheel.cancel(this);
    else if (neededUntilMs > nowMs) this.#wakeAt(neededUntilMs);
    else context.forget(this.conversation.key, this);
  }

  #failuresSoFar(): Failures {
    this.failures ??= new Failures(this.conversation);
    return this.failures;
  }

  #wakeAt(ms: number): void {
    this.conversation.context.wheel.schedule(this, ms);
  }
}
