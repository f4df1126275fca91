import type { CloseReason, SessionState } from '../../api/session.ts';
import type { TypingError } from '../../contract/typing-error.ts';
import type { StartReceipt } from '../../contract/typing-receipt.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { consequenceOf, isRefusal } from '../limits/policy.ts';
import type { ListedSession } from '../session/listed-session.ts';
import * as bubble from './bubble.ts';
import { forgive, isCircuitOpen, recover, tellFailure } from './failures.ts';
import * as holders from './holders.ts';
import type { Indicator } from './indicator.ts';
import { type Answer, nextStep } from './next-step.ts';
import * as pace from './pace.ts';
import { hurry, isOutdated } from './wishes.ts';
import * as wire from './wire.ts';

/** How long a start of a session may take. Providers over HTTP give up sooner by themselves. */
const startTimeoutMs = 10_000;
/** Over how much time first starts are spread that were skipped together, in milliseconds. */
const spreadOfStartsMs = 1_000;
/** The longest to wait before looking again: what lasts until it is stopped has no interval. */
const longestTurnMs = 30_000;

/** What runs the indicators of a channel: the wheel wakes it, the wire tells it how exchanges end. */
export interface Runner extends wire.WireListener {
  onDue(indicator: Indicator, nowMs: number): void;
}

/** Does what is next, whenever something has changed. The only place that does. */
export function goOn(indicator: Indicator, nowMs: number = indicator.context.nowMs()): void {
  const { context } = indicator;
  let step = nextStep(indicator, nowMs);
  if (step.do === 'queue') step = nextStep(indicator, nowMs, ask(indicator, nowMs));
  switch (step.do) {
    case 'sleep':
    case 'wait':
      context.wheel.schedule(indicator, step.untilMs);
      return;
    case 'skip':
      indicator.nextStartAtMs = step.untilMs;
      context.wheel.schedule(indicator, step.untilMs);
      if (step.reason !== 'needless') {
        context.emit({ type: 'skipped', reason: step.reason }, indicator.key);
      }
      return;
    case 'start':
      start(indicator, nowMs);
      return;
    case 'forget':
      context.wheel.cancel(indicator);
      context.forget(indicator);
      return;
    case 'nothing':
      // Whatever is under way has its own time.
      if (wire.isIdle(indicator)) context.wheel.cancel(indicator);
      return;
    case 'queue':
  }
}

/** Asks those who have a say in a start that is due. */
function ask(indicator: Indicator, nowMs: number): Answer {
  const { attempts, context, target } = indicator;
  if (!context.isEnabled(target)) {
    return { says: 'no', reason: 'disabled', untilMs: nowMs + turnMs(indicator) };
  }
  const isRefresh = attempts > 0;
  const budget = context.budgetOf(target);
  const freeAtMs = budget.freeAtMs(isRefresh ? 'refresh' : 'start');
  if (freeAtMs > nowMs) {
    // Those that were skipped together must not come back together.
    const spreadMs = context.random() * (isRefresh ? turnMs(indicator) : spreadOfStartsMs);
    const reason = budget.heldUntilMs > nowMs ? 'rate-limited' : 'budget';
    return { says: 'no', reason, untilMs: freeAtMs + spreadMs };
  }
  return { says: context.credential.admit(indicator) ? 'go' : 'wait' };
}

function turnMs(indicator: Indicator): number {
  return Math.min(pace.intervalMs(indicator), longestTurnMs);
}

function start(indicator: Indicator, nowMs: number): void {
  const wishes = holders.newestWishes(indicator);
  const exchange = wire.beginStart(indicator, wishes, ttlMsOf(indicator, wishes?.ttlMs), nowMs);
  noteStart(indicator, exchange, nowMs, startTimeoutMs);
  wire.sendStart(indicator, exchange);
}

/** How long a start is to last, in milliseconds, where somebody has a say in that. */
export function ttlMsOf(
  { context, target }: Indicator,
  wishMs: number | undefined,
): number | undefined {
  const { ttl } = context.capabilitiesOf(target);
  return ttl.kind === 'caller' ? bubble.lifetimeOf(ttl, wishMs) : wishMs;
}

/** Notes that a start goes out, and wakes the indicator where no answer comes in time. */
export function noteStart(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  nowMs: number,
  timeoutMs: number,
): void {
  const { context, target } = indicator;
  indicator.attempts += 1;
  indicator.sentAtMs = nowMs;
  context.budgetOf(target).spend(nowMs);
  bubble.noteSent(indicator, exchange, nowMs, lifetimeMsOf(indicator, exchange));
  context.wheel.schedule(indicator, nowMs + timeoutMs);
}

function lifetimeMsOf({ context, target }: Indicator, { call }: Exchange<StartReceipt>): number {
  return bubble.lifetimeOf(context.capabilitiesOf(target).ttl, call.ttlMs);
}

export const runner: Runner = {
  onDue(indicator, nowMs) {
    if (wire.isStarting(indicator)) wire.expireStart(indicator);
    else goOn(indicator, nowMs);
  },

  onStarted(indicator, exchange, receipt) {
    const { context, key } = indicator;
    const nowMs = context.nowMs();
    const visibleForMs = receipt.visibleForMs ?? lifetimeMsOf(indicator, exchange);
    const type = bubble.isVisible(indicator, nowMs) ? 'refreshed' : 'started';
    if (bubble.noteAccepted(indicator, exchange, nowMs, visibleForMs)) {
      pace.planRefresh(indicator, visibleForMs);
      if (isOutdated(indicator, exchange)) hurry(indicator);
    }
    context.credential.report(indicator, undefined);
    if (context.isObserved) {
      const { traceId, warnings } = receipt;
      const about = { attempt: indicator.attempts, durationMs: nowMs - exchange.beganAtMs };
      context.emit({ type, ...about, traceId, warnings }, key);
    }
    recover(indicator);
    goOn(indicator, nowMs);
  },

  onStartFailed(indicator, exchange, error) {
    const { context } = indicator;
    tellFailure(indicator, 'start', exchange, error);
    if (isRefusal(consequenceOf(error.code))) bubble.noteRefused(indicator, exchange);
    else bubble.noteUnanswered(indicator, context.nowMs(), lifetimeMsOf(indicator, exchange));
    context.credential.report(indicator, error.code);
    obeyPolicy(indicator, error);
    goOn(indicator);
  },

  onStartAbandoned(indicator, exchange) {
    const { context } = indicator;
    bubble.noteUnanswered(indicator, context.nowMs(), lifetimeMsOf(indicator, exchange));
    context.credential.leave(indicator);
    goOn(indicator);
  },

  onLateFailure({ context, target }, error) {
    context.heed(target, error);
  },

  onStopped(indicator, exchange, error) {
    const { context, key } = indicator;
    if (error) {
      tellFailure(indicator, 'stop', exchange, error);
    } else {
      bubble.noteGone(indicator, wire.startOf(indicator));
      context.emit({ type: 'cleared', durationMs: context.nowMs() - exchange.beganAtMs }, key);
    }
    goOn(indicator);
  },
};

/** It is worth asking again for a start that waits, `afterMs` milliseconds from now. */
export function admitAfter(indicator: Indicator, afterMs: number): void {
  if (indicator.holders === 0 || !wire.isIdle(indicator)) return;
  const { context } = indicator;
  if (afterMs === 0) goOn(indicator);
  else context.wheel.schedule(indicator, context.nowMs() + afterMs);
}

/** Does to an indicator what the policy says of a failed start. A credential obeys for itself. */
function obeyPolicy(indicator: Indicator, error: TypingError): void {
  const { context, target } = indicator;
  const nowMs = context.nowMs();
  const isHeld = indicator.holders > 0;
  pace.planAnew(indicator, nowMs);
  switch (consequenceOf(error.code)) {
    case 'suspends-credential':
      return;
    case 'waits':
      context.heed(target, error);
      return;
    case 'ends-session': {
      const sessions = takeAll(indicator);
      // Those that go on without it have to be found when all are to end.
      for (const session of sessions) if (session.fallsBack) holders.list(indicator, session);
      // What was up before is not what it refused.
      if (isHeld) void clearIndicator(indicator, 0);
      finishAll(sessions, 'refused', error);
      return;
    }
    case 'counts-toward-circuit':
      if (isHeld) pace.planRetry(indicator, nowMs, error);
      return;
    case 'keeps-cadence':
      if (isHeld) pace.keepCadence(indicator, nowMs);
  }
}

/** What the sessions of an indicator see of it. */
export function stateOf(indicator: Indicator): SessionState {
  const { context } = indicator;
  const nowMs = context.nowMs();
  if (context.credential.isSuspended || isCircuitOpen(indicator, nowMs)) return 'suspended';
  return bubble.isVisible(indicator, nowMs) ? 'active' : 'starting';
}

/** Lets a session of the list hold the indicator: the first one starts it. */
export function hold(indicator: Indicator, session: ListedSession): void {
  const { context, key, target } = indicator;
  const nowMs = context.nowMs();
  holders.addHolder(indicator, session);
  const isFresh = bubble.isFresh(indicator, nowMs);
  const isStarting = wire.isStarting(indicator);
  const isFirst = indicator.holders === 1;
  if (isFirst) {
    context.budgetOf(target).join();
    pace.planFirst(indicator, nowMs, { isFresh, isStarting, ageMs: session.ageMs });
  }
  if (!isFirst || isStarting || isFresh) context.emit({ type: 'coalesced' }, key);
  if (isFirst) goOn(indicator);
}

/**
 * Takes a session away: the last one clears the indicator.
 *
 * @returns settles when no start is in flight any more.
 */
export function release(indicator: Indicator, session: ListedSession): Promise<void> | undefined {
  if (!holders.isListed(indicator, session)) return undefined;
  const wasHolding = session.isHolding;
  holders.unlist(indicator, session);
  return afterLeaving(indicator, session, wasHolding);
}

/** The same for a session that stays in the list, because it may hold the indicator again. */
export function letGo(indicator: Indicator, session: ListedSession): Promise<void> | undefined {
  const wasHolding = session.isHolding;
  if (wasHolding) holders.removeHolder(indicator, session);
  return afterLeaving(indicator, session, wasHolding);
}

function afterLeaving(
  indicator: Indicator,
  { settleMs }: ListedSession,
  wasHolding: boolean,
): Promise<void> | undefined {
  if (wasHolding && indicator.holders === 0) {
    leave(indicator);
    return clearIndicator(indicator, settleMs);
  }
  goOn(indicator);
  return undefined;
}

/** Takes all sessions away without a word to the vendor. The caller has to finish them. */
export function takeAll(indicator: Indicator): ListedSession[] {
  const wasHeld = indicator.holders > 0;
  const sessions = holders.unlistAll(indicator);
  if (wasHeld) leave(indicator);
  return sessions;
}

/** Comes last, because an observer may do anything when it hears of an end. It may have ended some of them. */
export function finishAll(
  sessions: readonly ListedSession[],
  reason: CloseReason,
  error?: TypingError,
): void {
  for (const session of sessions) {
    if (session.state !== 'closed') session.finish(reason, error);
  }
}

function leave(indicator: Indicator): void {
  const { context, target } = indicator;
  context.budgetOf(target).leave();
  forgive(indicator);
  if (!wire.isStarting(indicator)) context.credential.leave(indicator);
}

/**
 * Takes a bubble down that nobody holds: clears it where the vendor can, behind the start in flight.
 *
 * @param settleMs how long to wait for the start in flight before it is abandoned.
 * @returns settles when no start is in flight any more.
 */
export function clearIndicator(indicator: Indicator, settleMs: number): Promise<void> | undefined {
  const settled = takeDown(indicator, settleMs);
  goOn(indicator);
  return settled;
}

function takeDown(indicator: Indicator, settleMs: number): Promise<void> | undefined {
  const { context, key } = indicator;
  const nowMs = context.nowMs();
  const start = wire.startOnWire(indicator);
  indicator.stops += 1;
  if (!context.provider.stop) {
    // What is on the wire may be shown as late as now.
    if (start) bubble.noteUnanswered(indicator, nowMs, lifetimeMsOf(indicator, start));
    const withinMs = indicator.upUntilMs - nowMs;
    if (start && !start.hasCallers) wire.abandonStart(indicator, wire.overtaken(indicator));
    if (withinMs > 0) context.emit({ type: 'expired', withinMs }, key);
    return undefined;
  }
  if (!bubble.mayBeUp(indicator, nowMs) && !start) return undefined;
  bubble.doubt(indicator, wire.startOf(indicator));
  const stop = wire.sendStop(indicator, settleMs);
  context.waitUntil(() => stop.settled());
  return start?.settled();
}

/** A message went out, which cleared the bubble: where sessions hold it, it is raised again. */
export function noteMessage(indicator: Indicator): void {
  const { context, target } = indicator;
  const { clearsOnMessage } = context.capabilitiesOf(target);
  if (clearsOnMessage === false) return;
  const inFlight = wire.startOf(indicator);
  // A start in flight may reach the screen after the message.
  if (clearsOnMessage === true && !inFlight?.isOnWire) bubble.noteGone(indicator, inFlight);
  else bubble.doubt(indicator, inFlight);
  pace.planAfterMessage(indicator, context.nowMs());
  goOn(indicator);
}
