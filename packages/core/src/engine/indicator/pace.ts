import type { TypingCapabilities } from '../../contract/typing-capabilities.ts';
import type { TypingError } from '../../contract/typing-error.ts';
import { longAgoMs } from '../../time/long-ago.ts';
import { secondAttemptAfterMs } from '../exchange/second-attempt.ts';
import {
  afterFailureMs,
  boundedPauseMs,
  circuitCoolDownMs,
  leastPauseMs,
  resumeMs,
} from '../limits/policy.ts';
import type { Restored } from '../limits/gate.ts';
import { lifetimeOf } from './bubble.ts';
import { countStart } from './bursts.ts';
import { countFailure, isFailing } from './failures.ts';
import { shortestWishMs } from './holders.ts';
import type { Indicator } from './indicator.ts';

// When the next start of an indicator is due.

/** How much of the lifetime passes before a refresh, where nobody says better. */
const shareOfLifetime = 0.8;
/** By how much a refresh may come earlier than planned, so that conversations do not refresh in step. */
const jitter = 0.1;

/**
 * How long to wait from one start to the next, in milliseconds; `Infinity` where there is nothing to refresh.
 *
 * @param visibleForMs how long the last start lasts, where that is known.
 */
export function intervalMs(indicator: Indicator, visibleForMs?: number): number {
  const { context, target } = indicator;
  const capabilities = context.capabilitiesOf(target);
  return refreshIntervalMs({
    capabilities,
    visibleForMs: visibleForMs ?? lifetimeOf(capabilities.ttl, undefined),
    wishMs: shortestWishMs(indicator),
    fairMs: context.gate.paceMs(indicator),
    random: context.random,
  });
}

/** What decides when an indicator is refreshed. */
interface Cadence {
  readonly capabilities: TypingCapabilities;
  /** How long the last start lasts; `Infinity` until it is stopped. */
  readonly visibleForMs: number;
  /** What a session wishes; `Infinity` for no wish. */
  readonly wishMs: number;
  /** What a shared budget allows each conversation. */
  readonly fairMs: number;
  readonly random: () => number;
}

/** Milliseconds from one start to the next; `Infinity` where there is nothing to refresh. */
function refreshIntervalMs(cadence: Cadence): number {
  const { capabilities, visibleForMs, wishMs, fairMs, random } = cadence;
  const { repeat, minIntervalMs, refreshMs } = capabilities;
  // A vendor that says that it shows for no time at all would be asked as fast as it answers.
  const lastsMs = Math.max(visibleForMs, leastPauseMs);
  // A repeat while it shows is forbidden, or would be ignored, so it has to come when it is gone.
  if (repeat !== 'extends') return Math.ceil(Math.max(lastsMs, minIntervalMs, fairMs));
  const plannedMs = Math.min(wishMs, refreshMs ?? shareOfLifetime * lastsMs);
  return Math.ceil(
    Math.max(minIntervalMs, fairMs, Math.floor(plannedMs * (1 - jitter * random()))),
  );
}

/** Who comes to hold an indicator that nobody held. */
export interface Arrival {
  /** Whether it was started a moment ago. */
  readonly isFresh: boolean;
  /** Whether a start is in flight. Either is the first one, and what follows is a refresh. */
  readonly isStarting: boolean;
  /** How long the session has lived. One that was already there waits out a message. */
  readonly ageMs: number;
}

/** Somebody holds the indicator who did not before. */
export function planFirst(
  indicator: Indicator,
  nowMs: number,
  { isFresh, isStarting, ageMs }: Arrival,
): void {
  const { resumeAtMs, visibleUntilMs, acceptedAtMs } = indicator;
  indicator.attempts = isStarting || isFresh ? 1 : 0;
  indicator.nextStartAtMs = isFresh
    ? indicator.sentAtMs + intervalMs(indicator, visibleUntilMs - acceptedAtMs)
    : longAgoMs;
  indicator.nextStartAtMs = Math.max(indicator.nextStartAtMs, refusedUntilMs(indicator));
  const wasOpenAtMessage = nowMs - ageMs < resumeAtMs - resumeMs;
  if (wasOpenAtMessage) indicator.nextStartAtMs = Math.max(indicator.nextStartAtMs, resumeAtMs);
}

/** A start was accepted. Counted from when it was sent: a slow vendor does not slow the cadence down. */
export function planRefresh(indicator: Indicator, visibleForMs: number): void {
  indicator.nextStartAtMs = indicator.sentAtMs + intervalMs(indicator, visibleForMs);
}

/** A message went out. */
export function planAfterMessage(indicator: Indicator, nowMs: number): void {
  indicator.resumeAtMs = nowMs + resumeMs;
  indicator.nextStartAtMs = Math.max(indicator.resumeAtMs, failingUntilMs(indicator));
}

/** Another process has held it. */
export function restore(indicator: Indicator, nowMs: number, restored: Restored): void {
  const { nextStartInMs = 0, resumeInMs = 0, visibleForMs = 0 } = restored;
  indicator.attempts = visibleForMs > 0 ? 1 : 0;
  indicator.resumeAtMs = resumeInMs > 0 ? Math.ceil(nowMs + resumeInMs) : longAgoMs;
  const dueMs = nextStartInMs > 0 ? Math.ceil(nowMs + nextStartInMs) : longAgoMs;
  indicator.nextStartAtMs = Math.max(indicator.resumeAtMs, dueMs, refusedUntilMs(indicator));
}

/** What was up is down. */
export function planAfterLoss(indicator: Indicator, atMs: number): void {
  indicator.nextStartAtMs = Math.max(indicator.resumeAtMs, failingUntilMs(indicator), atMs);
}

/** Lets the next start come as soon as the vendor allows, unless starts fail. */
export function hurry(indicator: Indicator): void {
  if (isFailing(indicator)) return;
  const { context, nextStartAtMs, resumeAtMs, sentAtMs, target } = indicator;
  const allowedAtMs = Math.ceil(sentAtMs + context.capabilitiesOf(target).minIntervalMs);
  const restUntilMs = countStart(indicator, context.nowMs());
  const earliestMs = Math.max(allowedAtMs, resumeAtMs, refusedUntilMs(indicator), restUntilMs);
  indicator.nextStartAtMs = Math.min(nextStartAtMs, earliestMs);
}

/** Before when nothing is a reason to ask again: the last start failed, or the vendor refused for good a moment ago. */
function failingUntilMs(indicator: Indicator): number {
  const retryAtMs = isFailing(indicator) ? indicator.nextStartAtMs : longAgoMs;
  return Math.max(retryAtMs, refusedUntilMs(indicator));
}

function refusedUntilMs({ failures }: Indicator): number {
  return failures?.refusedUntilMs ?? longAgoMs;
}

/** The start failed, and whether to go on is to be asked at once. */
export function planAnew(indicator: Indicator, nowMs: number): void {
  indicator.nextStartAtMs = Math.max(indicator.resumeAtMs, nowMs);
}

/** The start failed in a way that may pass. */
export function planRetry(indicator: Indicator, nowMs: number, error: TypingError): void {
  // First, because an observer that hears of the open circuit may ask for a start.
  indicator.nextStartAtMs = nowMs + circuitCoolDownMs;
  const pauseMs = pauseAfterMs(indicator, error);
  indicator.nextStartAtMs = Math.max(indicator.resumeAtMs, nowMs + pauseMs);
}

/** The start failed, and nobody knows what that means. */
export function keepCadence(indicator: Indicator, nowMs: number): void {
  const { resumeAtMs, sentAtMs } = indicator;
  indicator.nextStartAtMs = Math.max(
    resumeAtMs,
    nowMs + leastMsBetween(indicator),
    sentAtMs + intervalMs(indicator),
  );
}

function pauseAfterMs(indicator: Indicator, error: TypingError): number {
  if (countFailure(indicator)) return circuitCoolDownMs;
  const { account, attempts, context } = indicator;
  const { retryAfterMs } = error;
  // A probe of a suspended credential has no second attempt: its next turn comes with the next probe.
  if (attempts === 1 && context.gate.pauseOf(account, context.nowMs())?.by !== 'credential') {
    const quickMs = secondAttemptAfterMs(error, context.random);
    if (quickMs !== undefined) return boundedPauseMs(quickMs);
  }
  const usualMs =
    retryAfterMs === undefined
      ? Math.min(intervalMs(indicator), afterFailureMs)
      : boundedPauseMs(retryAfterMs);
  return Math.max(leastMsBetween(indicator), usualMs);
}

/** How long to wait between two starts at the least, whatever anybody says. */
export function leastMsBetween({ context, target }: Indicator): number {
  return Math.ceil(Math.max(context.capabilitiesOf(target).minIntervalMs, leastPauseMs));
}
