import type { StartWishes } from '../../api/start-wishes.ts';
import type { StartReceipt, TypingReceipt } from '../../contract/typing-receipt.ts';
import type { Deadline } from '../../time/deadline.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { SecondAttemptGate } from '../exchange/second-attempt.ts';
import { ask, awaitAnswer, report } from '../indicator/admission.ts';
import {
  isFresh,
  isVisible,
  lifetimeOf,
  noteRefused,
  noteUnanswered,
} from '../indicator/bubble.ts';
import { countStart } from '../indicator/bursts.ts';
import type { Indicator } from '../indicator/indicator.ts';
import type { Answer } from '../indicator/next-step.ts';
import { goOn, lifetimeMsOf, noteStart, refusalFor, ttlMsOf } from '../indicator/run.ts';
import {
  abandonStart,
  beginStart,
  overtaken,
  replaceStart,
  sendStartTwice,
  startOf,
  withdrawStart,
} from '../indicator/wire.ts';
import { inTime, isThenable, silent } from '../limits/ask-gate.ts';
import { boundedPauseMs, consequenceOf, gateTimeoutMs, isRefusal } from '../limits/policy.ts';
import { typingReceiptOf } from './typing-receipt-of.ts';

/** How long a start that sessions have joined may go on when its callers have given up, in milliseconds. */
const graceMs = 250;

/** Shows an indicator once. */
export async function startOnce(
  indicator: Indicator,
  wishes: StartWishes,
  deadline: Deadline,
): Promise<TypingReceipt> {
  const { context, key, stops: stopsBefore } = indicator;
  deadline.throwIfAborted();
  if (!context.isEnabled(indicator.target)) {
    context.emit({ type: 'skipped', reason: 'disabled' }, key);
    return typingReceiptOf(context, 'disabled', 0);
  }
  // The off switch may call any verb: a stop, or `close`.
  if (stopsBefore !== indicator.stops) throw overtaken(indicator);
  // Without a stop in the way it goes out in the same turn.
  if (indicator.stop) await stopsOutOfTheWay(indicator, deadline);
  const { stops } = indicator;
  const inFlight = startOf(indicator);
  const askedAtMs = context.nowMs();
  let isShown = inFlight !== undefined || isFresh(indicator, askedAtMs);
  const waitMs = isShown ? 0 : countStart(indicator, askedAtMs) - askedAtMs;
  if (waitMs > 0) {
    isShown = isVisible(indicator, askedAtMs);
    if (!isShown) throw refusalFor(indicator, 'budget', waitMs);
  }
  if (isShown) {
    context.emit({ type: 'coalesced' }, key);
    const started = await inFlight?.join(deadline, abandoning(indicator));
    const restMs = indicator.visibleUntilMs - context.nowMs();
    return typingReceiptOf(context, 'coalesced', started?.visibleForMs ?? restMs, started);
  }
  const nowMs = context.nowMs();
  const ttlMs = ttlMsOf(indicator, wishes.ttlMs);
  const answer = ask(indicator, 'once', nowMs);
  if (stops !== indicator.stops) {
    void giveBack(indicator, answer);
    throw overtaken(indicator);
  }
  const exchange = beginStart(indicator, wishes, ttlMs, nowMs);
  const joined = exchange.join(deadline, abandoning(indicator));
  const proceed = (given: Answer): void => takeTurn(indicator, exchange, deadline, given);
  if (isThenable(answer)) awaitAnswer(indicator, exchange, answer, proceed);
  else proceed(answer);
  const started = await joined;
  const { ttl } = context.capabilitiesOf(indicator.target);
  const lastsMs = started.visibleForMs ?? lifetimeOf(ttl, ttlMs);
  const status = exchange.isShown ? 'coalesced' : 'accepted';
  return typingReceiptOf(context, status, lastsMs, started);
}

/** A start that waits for a stop is overtaken where another stop comes meanwhile. */
async function stopsOutOfTheWay(indicator: Indicator, deadline: Deadline): Promise<void> {
  const { stops } = indicator;
  while (indicator.stop) {
    indicator.stop.isInTheWay = true;
    const settled = indicator.stop.settled();
    goOn(indicator);
    await deadline.hold(settled);
    if (stops !== indicator.stops) throw overtaken(indicator);
  }
}

/** Where nobody waits any more for what sessions do not need. */
function abandoning(indicator: Indicator): (reason: unknown) => void {
  return (reason) => {
    if (indicator.holders === 0) abandonStart(indicator, reason);
  };
}

/** Takes back what nobody needs any more. */
async function giveBack(indicator: Indicator, answer: Answer | Promise<Answer>): Promise<void> {
  const given = await answer;
  if (given.says === 'go') indicator.context.gate.report(indicator, given.admission, 'unsent');
}

/** Does with a start that has its place what was said to it. */
function takeTurn(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  deadline: Deadline,
  answer: Answer,
): void {
  const { context } = indicator;
  const nowMs = context.nowMs();
  withdrawStart(indicator);
  if (answer.says === 'go') {
    replaceStart(indicator, exchange, nowMs);
    noteStart(indicator, exchange, answer.admission, nowMs, deadline.remainingMs() + graceMs);
    sendStartTwice(indicator, exchange, deadline, gateOf(indicator, exchange, deadline));
    return;
  }
  const isElsewhere = answer.says === 'elsewhere';
  if (isElsewhere || (answer.says === 'not-before' && answer.reason === 'needless')) {
    exchange.isShown = true;
    context.emit({ type: 'coalesced' }, indicator.key);
    exchange.succeed(isElsewhere ? {} : { visibleForMs: answer.untilMs - nowMs });
  } else {
    exchange.fail(whyNot(indicator, answer, nowMs));
  }
  // A session that has joined it has to ask for itself, and nothing has started yet.
  indicator.attempts = 0;
  goOn(indicator, nowMs);
}

function whyNot(
  indicator: Indicator,
  answer: Exclude<Answer, { readonly says: 'go' }>,
  nowMs: number,
): unknown {
  switch (answer.says) {
    case 'not-before':
      return refusalFor(indicator, answer.by, Math.max(0, Math.ceil(answer.untilMs - nowMs)));
    case 'in-turn':
      return refusalFor(indicator, answer.by, undefined);
    case 'unheld':
    case 'elsewhere':
      return overtaken(indicator);
  }
}

/** A second attempt is a start like any other: it must still be wanted, be admitted, and be paid for. */
function gateOf(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  deadline: Deadline,
): SecondAttemptGate {
  const { account, context, stops } = indicator;
  const isWanted = (): boolean =>
    indicator.stops === stops && exchange.isCurrent && !exchange.isSettled;
  const takeAnswer = (answer: Answer): boolean => {
    if (answer.says !== 'go') return false;
    if (!isWanted()) {
      context.gate.report(indicator, answer.admission, 'unsent');
      return false;
    }
    // Now that there is a second attempt, nobody will say how the first one ended.
    report(indicator, exchange, 'unanswered');
    const timeoutMs = deadline.remainingMs() + graceMs;
    noteStart(indicator, exchange, answer.admission, context.nowMs(), timeoutMs);
    exchange.isOnWire = true;
    return true;
  };
  const takeAnswerInTime = async (asked: Promise<Answer>): Promise<boolean> => {
    const answer = await inTime(context.clock, asked, gateTimeoutMs);
    if (answer !== silent) return takeAnswer(answer);
    void giveBack(indicator, asked);
    return false;
  };
  return {
    onFailure(error) {
      const consequence = consequenceOf(error.code);
      exchange.isOnWire = false;
      if (isRefusal(consequence)) noteRefused(indicator, exchange);
      else noteUnanswered(indicator, context.nowMs(), lifetimeMsOf(indicator, exchange));
      if (consequence !== 'waits') return;
      // Not longer than the vendor said, or the second attempt could not go out.
      const { retryAfterMs = 0, scope = 'budget' } = error;
      context.gate.rateLimited(account, boundedPauseMs(retryAfterMs), scope);
    },
    admits() {
      if (!isWanted()) return false;
      const answer = ask(indicator, 'retry', context.nowMs());
      return isThenable(answer) ? takeAnswerInTime(answer) : takeAnswer(answer);
    },
  };
}
