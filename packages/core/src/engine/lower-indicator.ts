import type { Indicator } from './indicator.ts';

/**
 * Takes an indicator down after its last session: clears it where the vendor can, behind the start in flight.
 *
 * @param settleMs how long to wait for the start in flight before it is abandoned.
 * @returns settles when no start is in flight any more.
 */
export function lowerIndicator(indicator: Indicator, settleMs: number): Promise<void> | undefined {
  const { bubble, conversation, wire } = indicator;
  const { context, nowMs, target } = conversation;
  const start = wire.isOnWire ? wire.start : undefined;
  const upForMs = bubble.upUntilMs - nowMs;
  wire.stops += 1;
  if (!context.provider.stop) {
    if (start && !start.hasCallers) wire.abandonStart(wire.overtaken());
    if (upForMs > 0) conversation.emit({ type: 'expired', withinMs: upForMs });
    indicator.goOn();
    return undefined;
  }
  if (upForMs <= 0 && !start) {
    indicator.goOn();
    return undefined;
  }
  bubble.doubt();
  context.wheel.cancel(indicator);
  const stop = wire.sendStop(target, settleMs);
  context.waitUntil(() => stop.settled());
  return start?.settled();
}
