import type { TypingError } from '../../contract/typing-error.ts';
import type { StopReceipt, TypingReceipt } from '../../contract/typing-receipt.ts';
import { longAgoMs } from '../../time/long-ago.ts';
import type { Deadline } from '../../time/deadline.ts';
import type { StartWishes } from '../../api/start-wishes.ts';
import type { Indicator } from '../indicator/indicator.ts';
import { consequenceOf, isRefusal } from '../limits/policy.ts';
import { prepareStart } from '../indicator/prepare-start.ts';
import type { SecondAttemptGate } from '../exchange/second-attempt.ts';
import { typingReceiptOf } from './typing-receipt-of.ts';

/** How long a one-shot stop waits for a start in flight before that is abandoned. */
const settleMs = 250;

/** Shows an indicator once. */
export async function startOnce(
  indicator: Indicator,
  wishes: StartWishes,
  deadline: Deadline,
): Promise<TypingReceipt> {
  const { bubble, conversation, wire } = indicator;
  const { context, target } = conversation;
  deadline.throwIfAborted();
  if (!conversation.isEnabled) {
    conversation.emit({ type: 'skipped', reason: 'disabled' });
    return typingReceiptOf(context, 'disabled', 0);
  }
  // A start that waits for a stop is overtaken where another stop comes meanwhile.
  for (const { stops } = wire; wire.stop;) {
    await deadline.hold(wire.stop.settled());
    if (stops !== wire.stops) throw wire.overtaken();
  }
  const abandon = (reason: unknown): void => {
    if (!indicator.isHeld) wire.abandonStart(reason);
  };
  const visibleForMs = (): number => bubble.visibleUntilMs - conversation.nowMs;
  if (wire.start || indicator.isFresh) {
    conversation.emit({ type: 'coalesced' });
    const started = await wire.start?.join(deadline, abandon);
    return typingReceiptOf(context, 'coalesced', started?.visibleForMs ?? visibleForMs(), started);
  }
  refuseWhileSuspended(indicator);
  const { ttlMs: wishMs } = wishes;
  const ttlMs = prepareStart(indicator, wishMs, conversation.nowMs, startTimeoutMs(deadline));
  const gate = gateOf(indicator, wishMs, deadline);
  const exchange = wire.sendStartTwice(target, { ...wishes, ttlMs }, deadline, gate);
  const started = await exchange.join(deadline, abandon);
  const lastsMs = started.visibleForMs ?? conversation.lifetimeMs(ttlMs);
  return typingReceiptOf(context, 'accepted', lastsMs, started);
}

/** Clears an indicator once, and ends its sessions. */
export async function stopOnce(indicator: Indicator, deadline: Deadline): Promise<StopReceipt> {
  const { bubble, conversation, wire } = indicator;
  const { channel, provider } = conversation.context;
  const where = { channel, provider: provider.name };
  deadline.throwIfAborted();
  indicator.endSessions('stopped');
  if (!provider.stop) {
    const withinMs = expiresWithinMs(indicator);
    wire.stops += 1;
    wire.abandonStart(wire.overtaken());
    return { status: 'expires', ...where, withinMs };
  }
  bubble.doubt();
  // Whoever leaves, the stop goes out: a stuck bubble is worse than a request that nobody waits for.
  await wire.sendStop(conversation.target, settleMs).join(deadline, () => {});
  return { status: 'cleared', ...where };
}

/** A message went out, which cleared an indicator: where sessions hold it, it is raised again. */
export function noteMessage(indicator: Indicator): void {
  const { bubble, conversation, pace, wire } = indicator;
  const { clearsOnMessage } = conversation.capabilities;
  if (clearsOnMessage === false) return;
  // A start in flight may reach the screen after the message.
  if (clearsOnMessage === true && !wire.isOnWire) bubble.gone();
  else bubble.doubt();
  pace.messageSent(indicator.failures?.areRecent ?? false);
  indicator.goOn();
}

/** Ends the sessions of an indicator and gives up what is in flight. @returns whether it may be up. */
export function silence(indicator: Indicator, reason: TypingError): boolean {
  const { bubble, conversation, wire } = indicator;
  const mayBeUp = wire.isOnWire || bubble.mayBeUp(conversation.nowMs);
  indicator.endSessions('closed');
  wire.stops += 1;
  bubble.doubt();
  wire.abandonStart(reason);
  conversation.context.wheel.cancel(indicator);
  return mayBeUp;
}

/** Clears an indicator that was silenced. Never rejects. */
export async function clearSilenced(indicator: Indicator, deadline: Deadline): Promise<void> {
  const { conversation, wire } = indicator;
  if (!conversation.context.provider.stop || deadline.isAborted) return;
  const exchange = wire.sendStop(conversation.target, 0);
  await exchange.join(deadline, (reason) => wire.abandonStop(reason)).catch(() => {});
  conversation.context.wheel.cancel(indicator);
}

/** A second attempt is a start like any other: it must still be wanted, be admitted, and be paid for. */
function gateOf(
  indicator: Indicator,
  wishMs: number | undefined,
  deadline: Deadline,
): SecondAttemptGate {
  const { bubble, conversation, wire } = indicator;
  const { budget, context } = conversation;
  const { stops } = wire;
  return {
    onFailure({ code, retryAfterMs = 0 }) {
      if (wire.start) wire.start.isPausing = true;
      if (consequenceOf(code) === 'waits') budget.holdUntil(conversation.nowMs + retryAfterMs);
      if (isRefusal(consequenceOf(code))) bubble.refused();
    },
    admits() {
      const { nowMs } = conversation;
      const isWanted = wire.stops === stops && bubble.isCurrent;
      if (!isWanted || budget.freeAtMs('start') > nowMs) return false;
      if (!context.credential.admitOnce(indicator)) return false;
      prepareStart(indicator, wishMs, nowMs, startTimeoutMs(deadline));
      if (wire.start) wire.start.isPausing = false;
      return true;
    },
  };
}

// The callers give up by themselves; this is for a start that sessions have joined.
function startTimeoutMs(deadline: Deadline): number {
  return deadline.remainingMs() + settleMs;
}

function refuseWhileSuspended(indicator: Indicator): void {
  const { conversation } = indicator;
  const { budget, context, nowMs } = conversation;
  const heldForMs = budget.freeAtMs('start') - nowMs;
  if (heldForMs > 0) {
    throw conversation.error('start', 'rate-limited', 'the budget for typing is spent', heldForMs);
  }
  if (!context.credential.admitOnce(indicator)) {
    const reason = 'the vendor refused this credential a moment ago, so it was not asked again';
    const retryAfterMs = Math.max(0, context.credential.retryAtMs - nowMs);
    throw conversation.error('start', 'unauthenticated', reason, retryAfterMs);
  }
}

function expiresWithinMs({ bubble, conversation, wire }: Indicator): number {
  const isKnown = !wire.start && bubble.visibleUntilMs !== longAgoMs;
  return isKnown
    ? Math.max(0, Math.ceil(bubble.visibleUntilMs - conversation.nowMs))
    : conversation.lifetimeMs();
}
