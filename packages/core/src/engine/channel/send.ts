import type { StartWishes } from '../../api/start-wishes.ts';
import type { StartReceipt, TypingReceipt } from '../../contract/typing-receipt.ts';
import type { Deadline } from '../../time/deadline.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { SecondAttemptGate } from '../exchange/second-attempt.ts';
import { isFresh, lifetimeOf, noteRefused } from '../indicator/bubble.ts';
import type { Indicator } from '../indicator/indicator.ts';
import { noteStart, ttlMsOf } from '../indicator/run.ts';
import { abandonStart, beginStart, overtaken, sendStartTwice, startOf } from '../indicator/wire.ts';
import { consequenceOf, isRefusal } from '../limits/policy.ts';
import { typingReceiptOf } from './typing-receipt-of.ts';

/** How long a start that sessions have joined may go on when its callers have given up, in milliseconds. */
const graceMs = 250;

/** Shows an indicator once. */
export async function startOnce(
  indicator: Indicator,
  wishes: StartWishes,
  deadline: Deadline,
): Promise<TypingReceipt> {
  const { context, key } = indicator;
  deadline.throwIfAborted();
  if (!context.isEnabled(indicator.target)) {
    context.emit({ type: 'skipped', reason: 'disabled' }, key);
    return typingReceiptOf(context, 'disabled', 0);
  }
  // A start that waits for a stop is overtaken where another stop comes meanwhile.
  for (const { stops } = indicator; indicator.stop;) {
    await deadline.hold(indicator.stop.settled());
    if (stops !== indicator.stops) throw overtaken(indicator);
  }
  const abandon = (reason: unknown): void => {
    if (indicator.holders === 0) abandonStart(indicator, reason);
  };
  const inFlight = startOf(indicator);
  if (inFlight || isFresh(indicator, context.nowMs())) {
    context.emit({ type: 'coalesced' }, key);
    const started = await inFlight?.join(deadline, abandon);
    const restMs = indicator.visibleUntilMs - context.nowMs();
    return typingReceiptOf(context, 'coalesced', started?.visibleForMs ?? restMs, started);
  }
  refuseWhileLimited(indicator);
  const ttlMs = ttlMsOf(indicator, wishes.ttlMs);
  const nowMs = context.nowMs();
  const exchange = beginStart(indicator, wishes, ttlMs, nowMs);
  noteStart(indicator, exchange, nowMs, deadline.remainingMs() + graceMs);
  sendStartTwice(indicator, exchange, deadline, gateOf(indicator, exchange, deadline));
  const started = await exchange.join(deadline, abandon);
  const { ttl } = context.capabilitiesOf(indicator.target);
  return typingReceiptOf(
    context,
    'accepted',
    started.visibleForMs ?? lifetimeOf(ttl, ttlMs),
    started,
  );
}

/** A second attempt is a start like any other: it must still be wanted, be admitted, and be paid for. */
function gateOf(
  indicator: Indicator,
  exchange: Exchange<StartReceipt>,
  deadline: Deadline,
): SecondAttemptGate {
  const { context, stops, target } = indicator;
  const budget = context.budgetOf(target);
  return {
    onFailure({ code, retryAfterMs = 0 }) {
      exchange.isOnWire = false;
      const consequence = consequenceOf(code);
      if (consequence === 'waits') budget.holdUntil(context.nowMs() + retryAfterMs);
      if (isRefusal(consequence)) noteRefused(indicator, exchange);
    },
    admits() {
      const nowMs = context.nowMs();
      const isWanted = indicator.stops === stops && exchange.isCurrent;
      if (!isWanted || !context.isEnabled(target)) return false;
      if (budget.freeAtMs('start') > nowMs) return false;
      if (!context.credential.admitOnce(indicator)) return false;
      noteStart(indicator, exchange, nowMs, deadline.remainingMs() + graceMs);
      exchange.isOnWire = true;
      return true;
    },
  };
}

function refuseWhileLimited(indicator: Indicator): void {
  const { context, target } = indicator;
  const nowMs = context.nowMs();
  const heldForMs = context.budgetOf(target).freeAtMs('start') - nowMs;
  if (heldForMs > 0) {
    throw context.error('start', 'rate-limited', 'the budget for typing is spent', heldForMs);
  }
  if (!context.credential.admitOnce(indicator)) {
    const reason = 'the vendor refused this credential a moment ago, so it was not asked again';
    const retryAfterMs = Math.max(0, context.credential.retryAtMs - nowMs);
    throw context.error('start', 'unauthenticated', reason, retryAfterMs);
  }
}
