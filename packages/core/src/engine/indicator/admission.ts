import type { PausedBy } from '../../api/pause.ts';
import type { StartReceipt } from '../../contract/typing-receipt.ts';
import { longAgoMs } from '../../time/long-ago.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { isThenable, type Silent, silent } from '../limits/ask-gate.ts';
import type { StartOutcome, StartUse, Verdict } from '../limits/gate.ts';
import { gatePauseMs, gateTimeoutMs } from '../limits/policy.ts';
import { countStart } from './bursts.ts';
import type { Indicator } from './indicator.ts';
import type { Answer, SkipReason } from './next-step.ts';
import { intervalMs } from './pace.ts';
import { startOf } from './wire.ts';

// Asks those who have a say in a start that is due, and tells the gate what became of it.

/** Over how much time first starts are spread that were skipped together, in milliseconds. */
const spreadOfStartsMs = 1_000;
/** The longest to wait before looking again: what lasts until it is stopped has no interval. */
const longestTurnMs = 30_000;

const goFreely: Answer = { says: 'go', admission: undefined };

/** Asks the off switch and the gate. A promise of it never rejects. */
export function ask(indicator: Indicator, use: StartUse, nowMs: number): Answer | Promise<Answer> {
  const { context, target } = indicator;
  if (!context.isEnabled(target)) {
    return notBefore('disabled', undefined, nowMs + turnMs(indicator));
  }
  const restUntilMs = use === 'start' ? countStart(indicator, nowMs) : longAgoMs;
  if (restUntilMs > nowMs) return notBefore('needless', undefined, restUntilMs);
  const verdict = context.gate.admit(indicator, use, nowMs);
  return isThenable(verdict)
    ? verdict.then((settled) => answerOf(indicator, use, settled))
    : answerOf(indicator, use, verdict, nowMs);
}

/** What to make of a gate that does not answer. */
export function silence(indicator: Indicator, use: StartUse): Answer {
  return answerOf(indicator, use, silent);
}

function answerOf(
  indicator: Indicator,
  use: StartUse,
  verdict: Verdict | Silent,
  nowMs: number = indicator.context.nowMs(),
): Answer {
  const { random } = indicator.context;
  if (verdict === silent) {
    return notBefore('gate', 'gate', nowMs + gatePauseMs + random() * turnMs(indicator));
  }
  switch (verdict.verdict) {
    case 'go':
      return verdict.admission === undefined
        ? goFreely
        : { says: 'go', admission: verdict.admission };
    case 'wait': {
      const { by, forMs } = verdict;
      if (forMs === undefined) return { says: 'in-turn', by };
      // Those that were skipped together must not come back together.
      const spreadMs = random() * (use === 'refresh' ? turnMs(indicator) : spreadOfStartsMs);
      const untilMs = nowMs + forMs + (use === 'once' || use === 'retry' ? 0 : spreadMs);
      return notBefore(reasonOf(by), by, untilMs);
    }
    case 'shown':
      return notBefore('needless', undefined, nowMs + Math.max(verdict.visibleForMs, gatePauseMs));
    case 'unheld':
      return { says: 'unheld' };
    case 'elsewhere':
      return { says: 'elsewhere' };
  }
}

function notBefore(reason: SkipReason, by: PausedBy | undefined, untilMs: number): Answer {
  return { says: 'not-before', reason, by, untilMs: Math.ceil(untilMs) };
}

function reasonOf(by: PausedBy): SkipReason {
  switch (by) {
    case 'budget':
      return 'budget';
    case 'rate-limit':
      return 'rate-limited';
    case 'credential':
    case 'circuit':
      return 'suspended';
    case 'gate':
      return 'gate';
  }
}

function turnMs(indicator: Indicator): number {
  return Math.min(intervalMs(indicator), longestTurnMs);
}

/** Keeps the place of a start while the gate thinks about it. The wheel wakes the indicator where that takes too long. */
export function awaitAnswer(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  answer: Promise<Answer>,
  onAnswer: (answer: Answer) => void,
): void {
  const { context } = indicator;
  exchange.isOnWire = false;
  exchange.onAnswer = onAnswer;
  context.wheel.schedule(indicator, context.nowMs() + gateTimeoutMs);
  void answer.then((given) => {
    if (startOf(indicator) === exchange && exchange.onAnswer) takeAnswer(exchange, given);
    // A stop came first, or it took too long.
    else if (given.says === 'go') context.gate.report(indicator, given.admission, 'unsent');
  });
}

export function takeAnswer(exchange: Exchange<StartReceipt>, answer: Answer): void {
  const { onAnswer } = exchange;
  exchange.onAnswer = undefined;
  onAnswer?.(answer);
}

/** A start goes out that the gate has admitted. */
export function noteAdmission(exchange: Exchange<StartReceipt>, admission: unknown): void {
  exchange.admission = admission;
  exchange.isAdmitted = true;
}

/** Tells the gate what became of a start, once. */
export function report(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  outcome: StartOutcome,
): void {
  if (!exchange.isAdmitted) return;
  exchange.isAdmitted = false;
  indicator.context.gate.report(indicator, exchange.admission, outcome);
}
