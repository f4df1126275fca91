import type { TypingError } from '../../contract/typing-error.ts';
import type { Deadline } from '../../time/deadline.ts';
import { doubt, mayBeUp } from '../indicator/bubble.ts';
import type { Indicator } from '../indicator/indicator.ts';
import { finishAll, takeAll } from '../indicator/run.ts';
import { abandonStart, abandonStop, sendStop, startOf, startOnWire } from '../indicator/wire.ts';

/** How many stops are on the wire at once. */
const stopsAtOnce = 32;

/** Ends all sessions of some indicators and clears those that may be up. Never rejects. */
export async function closeAll(
  indicators: readonly Indicator[],
  reason: TypingError,
  deadline: Deadline,
): Promise<void> {
  // All fall silent before the first is cleared: no refresh may go out meanwhile, nor hold up the stops.
  const leftUp = indicators.filter((indicator) => silence(indicator, reason)).values();
  // They share one iterator: each takes the next indicator as soon as it is done with one.
  const clearSome = async (): Promise<void> => {
    for (const indicator of leftUp) await clear(indicator, deadline);
  };
  await Promise.all(Array.from({ length: stopsAtOnce }, clearSome));
  for (const indicator of indicators) indicator.context.gate.forgotten(indicator);
}

/** Ends the sessions of an indicator and gives up what is in flight. @returns whether it may be up. */
function silence(indicator: Indicator, reason: TypingError): boolean {
  const { context } = indicator;
  const isUp = startOnWire(indicator) !== undefined || mayBeUp(indicator, context.nowMs());
  const sessions = takeAll(indicator);
  indicator.stops += 1;
  doubt(indicator, startOf(indicator));
  abandonStart(indicator, reason);
  context.wheel.cancel(indicator);
  finishAll(sessions, 'closed');
  return isUp;
}

async function clear(indicator: Indicator, deadline: Deadline): Promise<void> {
  const { context } = indicator;
  if (!context.canStop(indicator.target) || deadline.isAborted) return;
  const exchange = sendStop(indicator, 0);
  await exchange.join(deadline, (given) => abandonStop(indicator, given)).catch(() => {});
  context.wheel.cancel(indicator);
}
