import type { IndicatorLifetime } from '../../contract/typing-capabilities.ts';
import type { StartReceipt } from '../../contract/typing-receipt.ts';
import { longAgoMs } from '../../time/long-ago.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Restored } from '../limits/gate.ts';
import { leastPauseMs } from '../limits/policy.ts';
import type { Indicator } from './indicator.ts';

// What we know of the bubble on the recipient's screen, which is what the vendor accepted and when. The answer to a
// start means nothing any more once a message or a stop has come in between.

/** A start goes out that lasts `lifetimeMs`. */
export function noteSent(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  nowMs: number,
  lifetimeMs: number,
): void {
  exchange.isCurrent = true;
  exchange.upBeforeMs = indicator.upUntilMs;
  indicator.upUntilMs = Math.max(indicator.upUntilMs, nowMs + lifetimeMs);
}

/** The vendor took the start. @returns whether that still means anything. */
export function noteAccepted(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  nowMs: number,
  visibleForMs: number,
): boolean {
  if (!exchange.isCurrent) {
    // A message or a stop came in between, and this may have come after it.
    noteUnanswered(indicator, nowMs, visibleForMs);
    return false;
  }
  indicator.acceptedAtMs = nowMs;
  indicator.visibleUntilMs = Math.ceil(nowMs + visibleForMs);
  indicator.upUntilMs = indicator.visibleUntilMs;
  return true;
}

/** The vendor said no to the start, so it shows nothing that was not up before. */
export function noteRefused(indicator: Indicator, { upBeforeMs }: Exchange<StartReceipt>): void {
  indicator.upUntilMs = Math.min(indicator.upUntilMs, upBeforeMs);
}

/** A start was given up without an answer: the vendor may have shown it as late as now. */
export function noteUnanswered(indicator: Indicator, nowMs: number, lifetimeMs: number): void {
  indicator.upUntilMs = Math.max(indicator.upUntilMs, nowMs + lifetimeMs);
}

/** What was accepted is not to be relied on any more, though it may still be up. */
export function doubt(indicator: Indicator, inFlight: Exchange<StartReceipt> | undefined): void {
  if (inFlight) inFlight.isCurrent = false;
  indicator.acceptedAtMs = longAgoMs;
  indicator.visibleUntilMs = longAgoMs;
}

/** The bubble is down. */
export function noteGone(indicator: Indicator, inFlight: Exchange<StartReceipt> | undefined): void {
  doubt(indicator, inFlight);
  indicator.upUntilMs = longAgoMs;
}

/** Another process has shown it. */
export function restore(indicator: Indicator, nowMs: number, { visibleForMs = 0 }: Restored): void {
  if (!(visibleForMs > 0)) return;
  indicator.visibleUntilMs = Math.ceil(nowMs + visibleForMs);
  indicator.upUntilMs = Math.max(indicator.upUntilMs, indicator.visibleUntilMs);
}

/** Whether a start was accepted so recently that another one may not follow. */
export function isFresh({ acceptedAtMs, context, target }: Indicator, nowMs: number): boolean {
  return nowMs - acceptedAtMs < context.capabilitiesOf(target).minIntervalMs;
}

export function isVisible(indicator: Indicator, nowMs: number): boolean {
  return indicator.visibleUntilMs > nowMs;
}

export function mayBeUp(indicator: Indicator, nowMs: number): boolean {
  return indicator.upUntilMs > nowMs;
}

/** Until when this has to be kept in mind: it may be up, or was started, stopped or refused a moment ago. */
export function neededUntilMs(indicator: Indicator): number {
  const { upUntilMs, acceptedAtMs, burst, context, failures, sentAtMs, target } = indicator;
  const freshUntilMs = acceptedAtMs + context.capabilitiesOf(target).minIntervalMs;
  const refusedUntilMs = failures?.refusedUntilMs ?? longAgoMs;
  const stoppedUntilMs = burst?.stop?.untilMs ?? longAgoMs;
  const quickUntilMs = sentAtMs + leastPauseMs;
  return Math.max(upUntilMs, freshUntilMs, refusedUntilMs, stoppedUntilMs, quickUntilMs);
}

/**
 * How long one start lasts, in milliseconds; `Infinity` until it is stopped.
 *
 * @param wishMs what the caller wishes, where it is the caller's to choose. Default: what the vendor's `ttl` says.
 */
export function lifetimeOf(ttl: IndicatorLifetime, wishMs: number | undefined): number {
  switch (ttl.kind) {
    case 'fixed':
      return ttl.ms;
    case 'caller':
      return allowedLifetimeMs(ttl, wishMs ?? ttl.defaultMs ?? ttl.maxMs);
    case 'until-stopped':
      return Infinity;
  }
}

function allowedLifetimeMs(
  ttl: IndicatorLifetime & { readonly kind: 'caller' },
  wishMs: number,
): number {
  const { minMs, maxMs, stepMs = 1 } = ttl;
  const steps = Math.round((wishMs - minMs) / stepMs);
  return Math.min(maxMs, Math.max(minMs, minMs + steps * stepMs));
}
