import type { TypingError } from '../../contract/typing-error.ts';
import { longAgoMs } from '../../time/long-ago.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { circuitCoolDownMs, failuresToOpenCircuit } from '../limits/policy.ts';
import type { Indicator } from './indicator.ts';

/** The failures of one conversation. Enough in a row open its circuit. */
export interface Failures {
  /** Which codes were told of it. */
  readonly codes: Set<string>;
  /** How many starts have failed in a row. */
  inARow: number;
  /** Until when its circuit is open: nothing is sent for a while. */
  openUntilMs: number;
  /**
   * Until when nobody new is started for, because the vendor has just refused for good: whoever opens a session each time
   * that one is refused must not ask as fast as the vendor answers.
   */
  refusedUntilMs: number;
}

export function isCircuitOpen({ failures }: Indicator, nowMs: number): boolean {
  return failures !== undefined && failures.openUntilMs > nowMs;
}

/** Whether the last start has failed. */
export function isFailing({ failures }: Indicator): boolean {
  return failures !== undefined && failures.inARow > 0;
}

export function tellFailure(
  indicator: Indicator,
  operation: 'start' | 'stop',
  { beganAtMs, hasCallers }: Pick<Exchange<never>, 'beganAtMs' | 'hasCallers'>,
  error: TypingError,
): void {
  const { attempts: attempt, context, key } = indicator;
  const { codes } = failuresOf(indicator);
  const isFirst = !codes.has(error.code);
  codes.add(error.code);
  const durationMs = context.nowMs() - beganAtMs;
  const about = { operation, attempt, durationMs, isFirst, isBackground: !hasCallers };
  context.emit({ type: 'failed', error, ...about }, key);
}

/** Counts one. @returns whether that opens the circuit. */
export function countFailure(indicator: Indicator): boolean {
  const { context, key } = indicator;
  const failures = failuresOf(indicator);
  failures.inARow += 1;
  if (failures.inARow < failuresToOpenCircuit) return false;
  failures.openUntilMs = context.nowMs() + circuitCoolDownMs;
  const { openUntilMs: untilMs } = failures;
  context.emit(
    { type: 'suspended', retryAfterMs: circuitCoolDownMs, pausedBy: 'circuit', untilMs },
    key,
  );
  return true;
}

/** The vendor refused for good. */
export function noteRefusal(indicator: Indicator, untilMs: number): void {
  failuresOf(indicator).refusedUntilMs = untilMs;
}

/** A start was accepted. */
export function recover(indicator: Indicator): void {
  const { context, failures, key } = indicator;
  if (!failures) return;
  const wasOpen = failures.inARow >= failuresToOpenCircuit;
  forgive(indicator);
  if (wasOpen) context.emit({ type: 'resumed' }, key);
}

/** Begins anew. */
export function forgive({ failures }: Indicator): void {
  if (!failures) return;
  failures.inARow = 0;
  failures.openUntilMs = longAgoMs;
}

function failuresOf(indicator: Indicator): Failures {
  indicator.failures ??= {
    codes: new Set(),
    inARow: 0,
    openUntilMs: longAgoMs,
    refusedUntilMs: longAgoMs,
  };
  return indicator.failures;
}
