import type { StartWishes } from '../../api/start-wishes.ts';
import type { TypingError } from '../../contract/typing-error.ts';
import type { StartReceipt } from '../../contract/typing-receipt.ts';
import type { Deadline } from '../../time/deadline.ts';
import { checkReceipt } from '../exchange/check-receipt.ts';
import { Exchange, type StopOutcome } from '../exchange/exchange.ts';
import { nowhere } from '../exchange/in-flight-table.ts';
import { type SecondAttemptGate, withSecondAttempt } from '../exchange/second-attempt.ts';
import { inTime, isThenable, silent } from '../limits/ask-gate.ts';
import type { StopVerdict } from '../limits/gate.ts';
import { gateStopTimeoutMs } from '../limits/policy.ts';
import type { Indicator } from './indicator.ts';

// The exchanges of one conversation with the vendor, in order: one start in flight at the most, and a stop goes out
// behind the start that is in flight, even if that never settles.

/** How long a stop may take, a second attempt included, in milliseconds. */
const stopTimeoutMs = 10_000;

/** Hears how the exchanges of an indicator end. */
export interface WireListener {
  onStarted(indicator: Indicator, exchange: Exchange<StartReceipt>, receipt: StartReceipt): void;
  onStartFailed(indicator: Indicator, exchange: Exchange<StartReceipt>, error: TypingError): void;
  /** It was given up. */
  onStartAbandoned(indicator: Indicator, exchange: Exchange<StartReceipt>): void;
  /** What was given up has failed all the same. */
  onLateFailure(indicator: Indicator, error: TypingError): void;
  /** A stop is on the wire. */
  onStopSent(indicator: Indicator): void;
  onStopped(
    indicator: Indicator,
    exchange: Exchange<StopOutcome>,
    error: TypingError | undefined,
  ): void;
  /** The gate did not let a stop out. */
  onStopWithheld(indicator: Indicator, verdict: Exclude<StopVerdict, 'stop'>): void;
}

export function isStarting({ startPlace }: Indicator): boolean {
  return startPlace !== nowhere;
}

/** The start in flight. */
export function startOf({ context, startPlace }: Indicator): Exchange<StartReceipt> | undefined {
  return startPlace === nowhere ? undefined : context.starts.at(startPlace);
}

/** The start that is on the wire now; one that waits for its second attempt is not. */
export function startOnWire(indicator: Indicator): Exchange<StartReceipt> | undefined {
  const start = startOf(indicator);
  return start?.isOnWire ? start : undefined;
}

/** Makes place for a start. The wire must be idle. */
export function beginStart(
  indicator: Indicator,
  wishes: StartWishes | undefined,
  ttlMs: number | undefined,
  nowMs: number,
): Exchange<StartReceipt> {
  const exchange = new Exchange<StartReceipt>(nowMs, true, wishes, ttlMs);
  indicator.startPlace = indicator.context.starts.add(exchange);
  return exchange;
}

/** Takes a start out of its place that has not gone out. */
export function withdrawStart(indicator: Indicator): void {
  forgetStart(indicator);
}

/** Gives it its place again, now that it goes out. */
export function replaceStart(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  nowMs: number,
): void {
  exchange.isOnWire = true;
  exchange.beganAtMs = nowMs;
  indicator.startPlace = indicator.context.starts.add(exchange);
}

/** Sends the start that has its place. */
export function sendStart(indicator: Indicator, exchange: Exchange<StartReceipt>): void {
  settleStart(indicator, exchange, callStart(indicator, indicator.target, exchange));
}

/** Sends the start that has its place, and a second one where that may help. */
export function sendStartTwice(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  deadline: Deadline,
  gate: SecondAttemptGate,
): void {
  const { target } = indicator;
  const attempts = withSecondAttempt(
    () => callStart(indicator, target, exchange),
    indicator.context,
    exchange.call.signal,
    deadline.remainingMs,
    gate,
  );
  settleStart(indicator, exchange, attempts);
}

/** Why a start was given up for a stop. */
export function overtaken({ context }: Indicator): TypingError {
  return context.error('start', 'stopped', 'a stop came before the answer');
}

/** Gives up the start in flight. */
export function abandonStart(indicator: Indicator, reason: unknown): void {
  const exchange = startOf(indicator);
  if (!exchange) return;
  forgetStart(indicator);
  exchange.fail(reason);
  exchange.abort(reason);
  indicator.context.runner.onStartAbandoned(indicator, exchange);
}

/** Gives up a start that still waits for the gate. */
export function dropQueued(indicator: Indicator): void {
  const exchange = startOf(indicator);
  if (!exchange?.onAnswer) return;
  forgetStart(indicator);
  exchange.fail(overtaken(indicator));
}

/** Ends the start in flight as failed: the vendor took too long. */
export function expireStart(indicator: Indicator): void {
  const exchange = startOf(indicator);
  if (!exchange) return;
  const error = indicator.context.error('start', 'timeout', 'no answer in time');
  // First, because the end of this one may begin the next one.
  exchange.abort(error);
  endStart(indicator, exchange, error);
}

/**
 * Sends one stop, and a second one where that may help, behind the start in flight; or joins the stop that is on its
 * way. Whoever asked for it may leave: a stop that is wanted goes out all the same.
 *
 * @param settleMs how long to wait for the start in flight before it is abandoned.
 */
export function sendStop(indicator: Indicator, settleMs: number): Exchange<StopOutcome> {
  const { context, stop, target } = indicator;
  indicator.stops += 1;
  if (stop) {
    // Whoever is the least patient decides how long the start in flight may still take.
    void settleOrAbandonStart(indicator, settleMs);
    return stop;
  }
  const exchange = new Exchange<StopOutcome>(context.nowMs(), false);
  indicator.stop = exchange;
  void settleStop(indicator, exchange, target, settleMs);
  return exchange;
}

/** Gives up the stop on its way. Nobody hears of it but who waits for it. */
export function abandonStop(indicator: Indicator, reason: unknown): void {
  const exchange = indicator.stop;
  if (!exchange) return;
  indicator.stop = undefined;
  exchange.fail(reason);
  exchange.abort(reason);
}

/** Ends the stop on its way as failed: the vendor took too long. */
export function expireStop(indicator: Indicator, exchange: Exchange<StopOutcome>): void {
  const error = indicator.context.error('stop', 'timeout', 'no answer in time');
  exchange.abort(error);
  endStop(indicator, exchange, error);
}

/** Waits for the start in flight, and abandons it after `settleMs`. */
async function settleOrAbandonStart(indicator: Indicator, settleMs: number): Promise<void> {
  const start = startOf(indicator);
  if (!start) return;
  if (settleMs === 0) {
    abandonStart(indicator, overtaken(indicator));
    return;
  }
  const timer = indicator.context.clock.setTimer(() => {
    if (startOf(indicator) === start) abandonStart(indicator, overtaken(indicator));
  }, settleMs);
  await start.settled();
  timer.cancel();
}

function forgetStart(indicator: Indicator): void {
  indicator.context.starts.remove(indicator.startPlace);
  indicator.startPlace = nowhere;
}

function callStart(
  { account, context }: Indicator,
  target: unknown,
  { call }: Exchange<StartReceipt>,
): Promise<StartReceipt> {
  try {
    const fault = account.fault ?? context.faultOf(target);
    if (fault) return Promise.reject(fault);
    return Promise.resolve(context.provider.start(target, call));
  } catch (error) {
    return Promise.reject(error);
  }
}

function settleStart(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  answer: Promise<StartReceipt>,
): void {
  answer.then(
    (receipt) => takeReceipt(indicator, exchange, receipt),
    (error: unknown) => failStart(indicator, exchange, error),
  );
}

function takeReceipt(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  answer: unknown,
): void {
  // What was abandoned may still answer.
  if (startOf(indicator) !== exchange) return;
  let receipt: StartReceipt;
  try {
    receipt = checkReceipt(answer);
  } catch (error) {
    failStart(indicator, exchange, error);
    return;
  }
  forgetStart(indicator);
  exchange.succeed(receipt);
  indicator.context.runner.onStarted(indicator, exchange, receipt);
}

function failStart(indicator: Indicator, exchange: Exchange<StartReceipt>, thrown: unknown): void {
  const { context } = indicator;
  const error = context.typed(thrown, 'start');
  if (startOf(indicator) === exchange) endStart(indicator, exchange, error);
  else context.runner.onLateFailure(indicator, error);
}

function endStart(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  error: TypingError,
): void {
  forgetStart(indicator);
  exchange.fail(error);
  indicator.context.runner.onStartFailed(indicator, exchange, error);
}

async function settleStop(
  indicator: Indicator,
  exchange: Exchange<StopOutcome>,
  target: unknown,
  settleMs: number,
): Promise<void> {
  const { context } = indicator;
  const { clock, provider } = context;
  await settleOrAbandonStart(indicator, settleMs);
  if (exchange.isSettled) return;
  const asked = context.gate.beforeStop(indicator);
  const verdict = isThenable(asked) ? await inTime(clock, asked, gateStopTimeoutMs) : asked;
  if (exchange.isSettled) return;
  // A stuck bubble is worse than a request too many.
  if (verdict !== 'stop' && verdict !== silent) {
    withholdStop(indicator, exchange, verdict);
    return;
  }
  exchange.isOnWire = true;
  exchange.beganAtMs = context.nowMs();
  const endsAtMs = clock.now() + stopTimeoutMs;
  const timer = clock.setTimer(() => expireStop(indicator, exchange), stopTimeoutMs);
  timer.unref?.();
  void exchange.settled().then(() => timer.cancel());
  context.runner.onStopSent(indicator);
  if (exchange.isSettled) return;
  try {
    const attempt = async (): Promise<void> => provider.stop?.(target, exchange.call);
    const remainingMs = (): number => endsAtMs - clock.now();
    await withSecondAttempt(attempt, context, exchange.call.signal, remainingMs);
    endStop(indicator, exchange, undefined);
  } catch (error) {
    endStop(indicator, exchange, context.typed(error, 'stop'));
  }
}

function withholdStop(
  indicator: Indicator,
  exchange: Exchange<StopOutcome>,
  verdict: Exclude<StopVerdict, 'stop'>,
): void {
  indicator.stop = undefined;
  exchange.succeed(verdict === 'cleared' ? 'cleared' : 'withheld');
  indicator.context.runner.onStopWithheld(indicator, verdict);
}

function endStop(
  indicator: Indicator,
  exchange: Exchange<StopOutcome>,
  error: TypingError | undefined,
): void {
  if (indicator.stop !== exchange) return;
  indicator.stop = undefined;
  if (error) exchange.fail(error);
  else exchange.succeed('cleared');
  indicator.context.runner.onStopped(indicator, exchange, error);
}
