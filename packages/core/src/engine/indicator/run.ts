import type { Pause, PausedBy } from '../../api/pause.ts';
import type { CloseReason, SessionState } from '../../api/session.ts';
import type { TypingError } from '../../contract/typing-error.ts';
import type { StartReceipt } from '../../contract/typing-receipt.ts';
import { longAgoMs } from '../../time/long-ago.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { isThenable } from '../limits/ask-gate.ts';
import type { Restored } from '../limits/gate.ts';
import { boundedPauseMs, consequenceOf, isRefusal, rateLimitCoolDownMs } from '../limits/policy.ts';
import type { ListedSession } from '../session/listed-session.ts';
import { ask, awaitAnswer, noteAdmission, report, silence, takeAnswer } from './admission.ts';
import { AdoptedHold } from './adopted-hold.ts';
import * as bubble from './bubble.ts';
import { forgetStarts, forgetStop, lastStop, noteStop } from './bursts.ts';
import { forgive, isCircuitOpen, noteRefusal, recover, tellFailure } from './failures.ts';
import * as holders from './holders.ts';
import type { Indicator } from './indicator.ts';
import { type Answer, nextStep, type Step } from './next-step.ts';
import * as pace from './pace.ts';
import { isOutdated, looksDifferent } from './wishes.ts';
import * as wire from './wire.ts';

/** How long a start of a session may take, in milliseconds. Providers over HTTP give up sooner by themselves. */
const startTimeoutMs = 10_000;
/** How long what nobody holds any more, anywhere, waits for its start in flight, in milliseconds. */
const settleOnEndMs = 250;
/** After how long a start that waits for its turn asks by itself, in milliseconds. */
const longestQueueMs = 60_000;

/** What runs the indicators of a channel: the wheel wakes it, the wire tells it how exchanges end. */
export interface Runner extends wire.WireListener {
  onDue(indicator: Indicator, nowMs: number): void;
}

/** Does what is next, whenever something has changed. The only place that does. */
export function goOn(indicator: Indicator, nowMs: number = indicator.context.nowMs()): void {
  const step = nextStep(indicator, nowMs);
  if (step.do !== 'queue') {
    perform(indicator, step, nowMs);
    return;
  }
  const use = useOf(indicator);
  const answer = ask(indicator, use, nowMs);
  if (!isThenable(answer)) {
    perform(indicator, afterAnswer(indicator, nowMs, answer), nowMs);
    return;
  }
  goOnWhenAnswered(indicator, nowMs, answer);
}

// On its own, because V8 makes room for what a closure keeps with each call of the function around it.
function goOnWhenAnswered(indicator: Indicator, nowMs: number, answer: Promise<Answer>): void {
  const exchange = newStart(indicator, nowMs);
  awaitAnswer(indicator, exchange, answer, (given) => {
    const thenMs = indicator.context.nowMs();
    wire.withdrawStart(indicator);
    perform(indicator, afterAnswer(indicator, thenMs, given), thenMs, exchange);
  });
}

/** What is next after an answer. A message may have put the start off meanwhile; the off switch may call any verb. */
function afterAnswer(indicator: Indicator, nowMs: number, answer: Answer): Step {
  const next = nextStep(indicator, nowMs, answer);
  if (answer.says === 'go' && next.do !== 'start') {
    indicator.context.gate.report(indicator, answer.admission, 'unsent');
  }
  return next;
}

/** @param exchange one that has waited for its answer; others may have joined it. */
function perform(
  indicator: Indicator,
  step: Step,
  nowMs: number,
  exchange?: Exchange<StartReceipt>,
): void {
  const { context, key } = indicator;
  if (exchange && step.do !== 'start') exchange.fail(refusalOf(indicator, step));
  switch (step.do) {
    case 'sleep':
    case 'wait':
      context.wheel.schedule(indicator, step.untilMs);
      return;
    case 'skip': {
      const { reason, by: pausedBy, untilMs } = step;
      indicator.nextStartAtMs = untilMs;
      context.wheel.schedule(indicator, untilMs);
      if (reason !== 'needless') context.emit({ type: 'skipped', reason, pausedBy, untilMs }, key);
      return;
    }
    case 'start':
      sendStart(indicator, nowMs, step.admission, exchange);
      return;
    case 'queue':
      // It is told when its turn comes; whoever should tell it may have forgotten it.
      context.wheel.schedule(indicator, nowMs + longestQueueMs);
      return;
    case 'forget':
      context.wheel.cancel(indicator);
      if (context.forget(indicator)) context.gate.forgotten(indicator);
      return;
    case 'overtake':
      if (indicator.stop) wire.expireStop(indicator, indicator.stop);
      return;
    case 'end':
      endUnheld(indicator);
      return;
    case 'leave':
      bubble.noteGone(indicator, undefined);
      indicator.nextStartAtMs = Infinity;
      context.wheel.cancel(indicator);
      return;
    case 'nothing':
      // Whatever is on its way has its own time.
      if (!wire.isStarting(indicator) && !indicator.stop) context.wheel.cancel(indicator);
  }
}

function useOf({ attempts }: Indicator): 'start' | 'refresh' {
  return attempts > 0 ? 'refresh' : 'start';
}

function newStart(indicator: Indicator, nowMs: number): Exchange<StartReceipt> {
  const wishes = holders.newestWishes(indicator);
  return wire.beginStart(indicator, wishes, ttlMsOf(indicator, wishes?.ttlMs), nowMs);
}

function sendStart(
  indicator: Indicator,
  nowMs: number,
  admission: unknown,
  waited: Exchange<StartReceipt> | undefined,
): void {
  const { nextStartAtMs } = indicator;
  if (waited) wire.replaceStart(indicator, waited, nowMs);
  const exchange = waited ?? newStart(indicator, nowMs);
  exchange.lateByMs = nextStartAtMs === longAgoMs ? 0 : nowMs - nextStartAtMs;
  noteStart(indicator, exchange, admission, nowMs, startTimeoutMs);
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
  admission: unknown,
  nowMs: number,
  timeoutMs: number,
): void {
  const { context } = indicator;
  indicator.attempts += 1;
  indicator.sentAtMs = nowMs;
  forgetStop(indicator);
  noteAdmission(exchange, admission);
  bubble.noteSent(indicator, exchange, nowMs, lifetimeMsOf(indicator, exchange));
  context.wheel.schedule(indicator, nowMs + timeoutMs);
}

/** How long a start lasts, in milliseconds, where the vendor does not say. */
export function lifetimeMsOf(
  { context, target }: Indicator,
  { call }: Exchange<StartReceipt>,
): number {
  return bubble.lifetimeOf(context.capabilitiesOf(target).ttl, call.ttlMs);
}

/** What callers get who joined a start that was then not made. */
function refusalOf(indicator: Indicator, step: Step): TypingError {
  const { context } = indicator;
  if (step.do !== 'skip') return context.error('start', 'stopped', 'it was no longer needed');
  const forMs = Math.max(0, Math.ceil(step.untilMs - context.nowMs()));
  return refusalFor(indicator, step.by, forMs);
}

/** What a caller gets whose start may not go out now. */
export function refusalFor(
  { context }: Indicator,
  by: PausedBy | undefined,
  forMs: number | undefined,
): TypingError {
  switch (by) {
    case 'credential': {
      const reason = 'the vendor refused this credential a moment ago, so it was not asked again';
      return context.error('start', 'unauthenticated', reason, forMs);
    }
    case 'gate':
    case 'circuit':
    case undefined: {
      const reason = 'no start is allowed right now';
      return context.error('start', 'unavailable', reason, forMs);
    }
    case 'budget':
    case 'rate-limit':
      return context.error('start', 'rate-limited', 'the budget for typing is spent', forMs);
  }
}

export const runner: Runner = {
  onDue(indicator, nowMs) {
    const start = wire.startOf(indicator);
    if (start?.onAnswer) takeAnswer(start, silence(indicator, useOf(indicator)));
    else if (start) wire.expireStart(indicator);
    else goOn(indicator, nowMs);
  },

  onStarted(indicator, exchange, receipt) {
    const { context, key } = indicator;
    const nowMs = context.nowMs();
    const visibleForMs = receipt.visibleForMs ?? lifetimeMsOf(indicator, exchange);
    const type = bubble.isVisible(indicator, nowMs) ? 'refreshed' : 'started';
    if (bubble.noteAccepted(indicator, exchange, nowMs, visibleForMs)) {
      pace.planRefresh(indicator, visibleForMs);
      if (isOutdated(indicator, exchange)) pace.hurry(indicator);
    }
    report(indicator, exchange, 'accepted');
    if (context.isObserved) {
      const { attempts: attempt, nextStartAtMs } = indicator;
      const { traceId, warnings } = receipt;
      const { lateByMs } = exchange;
      const isPlanned = indicator.holders > 0 && nextStartAtMs < Infinity;
      const about = { attempt, durationMs: nowMs - exchange.beganAtMs, lateByMs };
      const next = isPlanned ? { nextStartAtMs } : {};
      context.emit({ type, ...about, ...next, traceId, warnings }, key);
    }
    recover(indicator);
    goOn(indicator, nowMs);
  },

  onStartFailed(indicator, exchange, error) {
    const { context } = indicator;
    const consequence = consequenceOf(error.code);
    tellFailure(indicator, 'start', exchange, error);
    if (isRefusal(consequence)) bubble.noteRefused(indicator, exchange);
    else bubble.noteUnanswered(indicator, context.nowMs(), lifetimeMsOf(indicator, exchange));
    report(indicator, exchange, error);
    if (consequence === 'waits') heed(indicator, error);
    obeyPolicy(indicator, error);
    goOn(indicator);
  },

  onStartAbandoned(indicator, exchange) {
    const { context } = indicator;
    // One that waits for the gate, or for its second attempt, has nothing on its way.
    if (exchange.isOnWire) {
      bubble.noteUnanswered(indicator, context.nowMs(), lifetimeMsOf(indicator, exchange));
    }
    report(indicator, exchange, 'unanswered');
    goOn(indicator);
  },

  onLateFailure(indicator, error) {
    if (consequenceOf(error.code) === 'waits') heed(indicator, error);
  },

  onStopSent(indicator) {
    goOn(indicator);
  },

  onStopped(indicator, exchange, error) {
    const { context, key } = indicator;
    if (error || indicator.callsInFlight > 0) noteStop(indicator, error, context.nowMs());
    if (error) {
      tellFailure(indicator, 'stop', exchange, error);
    } else {
      bubble.noteGone(indicator, wire.startOf(indicator));
      context.emit({ type: 'cleared', durationMs: context.nowMs() - exchange.beganAtMs }, key);
    }
    goOn(indicator);
  },

  onStopWithheld(indicator, verdict) {
    const { context, key } = indicator;
    bubble.noteGone(indicator, wire.startOf(indicator));
    if (verdict === 'cleared') {
      if (indicator.callsInFlight > 0) noteStop(indicator, undefined, context.nowMs());
      context.emit({ type: 'cleared', durationMs: 0 }, key);
    }
    // Whoever came meanwhile lives elsewhere, and is held for, unless that has been done already.
    if (verdict === 'raise' && indicator.holders === 0) adopt(indicator, {});
    else goOn(indicator);
  },
};

/** The vendor complained of too many requests: says so to all who share the limit. */
function heed(
  indicator: Indicator,
  { retryAfterMs = rateLimitCoolDownMs, scope = 'budget' }: TypingError,
): void {
  const { account, context } = indicator;
  // "At once" cannot be what somebody wants who has just complained.
  const pauseMs = Math.max(retryAfterMs, pace.leastMsBetween(indicator));
  context.gate.rateLimited(account, boundedPauseMs(pauseMs), scope);
}

/** Does to an indicator what the policy says of a failed start. The gate obeys for what is shared. */
function obeyPolicy(indicator: Indicator, error: TypingError): void {
  const nowMs = indicator.context.nowMs();
  const isHeld = indicator.holders > 0;
  pace.planAnew(indicator, nowMs);
  switch (consequenceOf(error.code)) {
    case 'suspends-credential':
    case 'waits':
      return;
    case 'ends-session': {
      noteRefusal(indicator, nowMs + pace.leastMsBetween(indicator));
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

/** Asks again for a start that waits, or for an indicator that somebody else showed, `afterMs` milliseconds from now. */
export function wake(indicator: Indicator, afterMs: number): void {
  const { context, holders: held, nextStartAtMs, stop } = indicator;
  const nowMs = context.nowMs();
  if (held === 0 || stop || wire.isStarting(indicator)) return;
  if (nextStartAtMs === Infinity) indicator.nextStartAtMs = nowMs + afterMs;
  else if (nextStartAtMs > nowMs) return;
  if (afterMs === 0) goOn(indicator);
  else context.wheel.schedule(indicator, nowMs + afterMs);
}

/** Nobody holds an indicator any more, anywhere: clears it, and ends what sessions it has here. */
export function endUnheld(indicator: Indicator): void {
  const isHeld = indicator.holders > 0;
  const sessions = takeAll(indicator);
  if (isHeld) void clearIndicator(indicator, settleOnEndMs);
  finishAll(sessions, 'stopped');
}

/** Holds an indicator for sessions that live in another process. Once more it only changes what they wish. */
export function adopt(indicator: Indicator, restored: Restored): void {
  const { context } = indicator;
  const nowMs = context.nowMs();
  const wasHeld = indicator.holders > 0;
  const before = holders.newestWishes(indicator) ?? {};
  let { wishes } = restored;
  for (const session of holders.sessionsOf(indicator)) {
    if (!(session instanceof AdoptedHold)) continue;
    wishes ??= session.options;
    holders.unlist(indicator, session);
    break;
  }
  const adopted = new AdoptedHold(wishes);
  holders.list(indicator, adopted);
  holders.addHolder(indicator, adopted);
  if (wasHeld) {
    if (!looksDifferent(indicator, before, holders.newestWishes(indicator) ?? {})) return;
    pace.hurry(indicator);
  } else {
    context.gate.joined(indicator);
    bubble.restore(indicator, nowMs, restored);
    pace.restore(indicator, nowMs, restored);
  }
  goOn(indicator, nowMs);
}

/** What was up is down, because the connection was lost over which it was shown: raises it again. */
export function noteLost(indicator: Indicator, afterMs: number): void {
  const { context } = indicator;
  const nowMs = context.nowMs();
  bubble.noteGone(indicator, wire.startOf(indicator));
  pace.planAfterLoss(indicator, nowMs + afterMs);
  goOn(indicator, nowMs);
}

/** What the sessions of an indicator see of it. */
export function stateOf(indicator: Indicator): SessionState {
  const by = pauseOf(indicator)?.by;
  if (by === 'credential' || by === 'circuit') return 'suspended';
  return bubble.isVisible(indicator, indicator.context.nowMs()) ? 'active' : 'starting';
}

/** What keeps its starts from going out now. */
export function pauseOf(indicator: Indicator): Pause | undefined {
  const { account, context, failures } = indicator;
  const nowMs = context.nowMs();
  const pause = context.gate.pauseOf(account, nowMs);
  if (pause?.by === 'credential' || !failures || !isCircuitOpen(indicator, nowMs)) return pause;
  return { by: 'circuit', untilMs: failures.openUntilMs };
}

/** Lets a session of the list hold the indicator: the first one starts it. */
export function hold(indicator: Indicator, session: ListedSession): void {
  const { context, key } = indicator;
  const nowMs = context.nowMs();
  holders.addHolder(indicator, session);
  const isFresh = bubble.isFresh(indicator, nowMs);
  const isStarting = wire.isStarting(indicator);
  const isFirst = indicator.holders === 1;
  if (isFirst) {
    context.gate.joined(indicator);
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
  indicator.context.gate.left(indicator);
  forgive(indicator);
}

/**
 * Takes a bubble down that nobody holds: clears it where the vendor can, behind the start in flight.
 *
 * @param settleMs how long to wait for the start in flight before it is abandoned.
 * @returns settles when no start is in flight any more.
 */
function clearIndicator(indicator: Indicator, settleMs: number): Promise<void> | undefined {
  const settled = takeDown(indicator, settleMs);
  goOn(indicator);
  return settled;
}

function takeDown(indicator: Indicator, settleMs: number): Promise<void> | undefined {
  const { context, key, target } = indicator;
  const nowMs = context.nowMs();
  const start = wire.startOnWire(indicator);
  indicator.stops += 1;
  wire.dropQueued(indicator);
  if (!context.canStop(target)) {
    // What is on the wire may be shown as late as now.
    if (start) bubble.noteUnanswered(indicator, nowMs, lifetimeMsOf(indicator, start));
    const withinMs = indicator.upUntilMs - nowMs;
    if (start && !start.hasCallers) wire.abandonStart(indicator, wire.overtaken(indicator));
    if (withinMs > 0) context.emit({ type: 'expired', withinMs }, key);
    return undefined;
  }
  const hasJustFailed = lastStop(indicator, nowMs)?.error !== undefined;
  if (!start && (hasJustFailed || !bubble.mayBeUp(indicator, nowMs))) return undefined;
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
  forgetStarts(indicator);
  // A start in flight may reach the screen after the message.
  if (clearsOnMessage === true && !inFlight?.isOnWire) bubble.noteGone(indicator, inFlight);
  else bubble.doubt(indicator, inFlight);
  pace.planAfterMessage(indicator, context.nowMs());
  goOn(indicator);
}
