import type { StopReceipt } from '../../contract/typing-receipt.ts';
import type { Deadline } from '../../time/deadline.ts';
import { longAgoMs } from '../../time/long-ago.ts';
import { lastStop } from '../indicator/bursts.ts';
import { doubt, lifetimeOf, mayBeUp } from '../indicator/bubble.ts';
import type { Indicator } from '../indicator/indicator.ts';
import { finishAll, takeAll } from '../indicator/run.ts';
import { abandonStart, dropQueued, overtaken, sendStop, startOf } from '../indicator/wire.ts';

/** How long a one-shot stop waits for a start in flight before that is abandoned. */
const settleMs = 250;

/** Clears an indicator once, and ends its sessions. */
export async function stopOnce(indicator: Indicator, deadline: Deadline): Promise<StopReceipt> {
  const { context } = indicator;
  const { channel, provider } = context;
  const where = { channel, provider: provider.name };
  deadline.throwIfAborted();
  const sessions = takeAll(indicator);
  if (!context.canStop(indicator.target)) {
    const withinMs = expiresWithinMs(indicator);
    indicator.stops += 1;
    abandonStart(indicator, overtaken(indicator));
    finishAll(sessions, 'stopped');
    return { status: 'expires', ...where, withinMs };
  }
  dropQueued(indicator);
  const last = lastStop(indicator, context.nowMs());
  if (last && !indicator.stop && !startOf(indicator)) {
    finishAll(sessions, 'stopped');
    if (last.error) throw last.error;
    return { status: 'cleared', ...where };
  }
  // A bubble that stays is worse than a request while all is switched off; a request for nothing is not.
  const isNeeded = indicator.stop || startOf(indicator) || mayBeUp(indicator, context.nowMs());
  if (!isNeeded && !context.isEnabled(indicator.target)) {
    finishAll(sessions, 'stopped');
    return { status: 'expires', ...where, withinMs: 0 };
  }
  doubt(indicator, startOf(indicator));
  const stop = sendStop(indicator, settleMs);
  finishAll(sessions, 'stopped');
  // Whoever leaves, the stop goes out: a stuck bubble is worse than a request that nobody waits for.
  const outcome = await stop.join(deadline, () => {});
  if (outcome === 'cleared') return { status: 'cleared', ...where };
  return { status: 'expires', ...where, withinMs: expiresWithinMs(indicator) };
}

function expiresWithinMs(indicator: Indicator): number {
  const { context, target, visibleUntilMs } = indicator;
  const isKnown = !startOf(indicator) && visibleUntilMs !== longAgoMs;
  return isKnown
    ? Math.max(0, Math.ceil(visibleUntilMs - context.nowMs()))
    : lifetimeOf(context.capabilitiesOf(target).ttl, undefined);
}
