import type { Bubble } from './bubble.ts';
import type { Conversation } from '../channel/conversation.ts';
import type { Wire } from './wire.ts';

/** What is left of an indicator when its last session has gone. */
export interface Leftover {
  readonly bubble: Bubble;
  readonly conversation: Conversation;
  readonly wire: Wire;
}

/**
 * Takes a bubble down: clears it where the vendor can, behind the start in flight.
 *
 * @param settleMs how long to wait for the start in flight before it is abandoned.
 * @returns settles when no start is in flight any more.
 */
export function lowerBubble(
  { bubble, conversation, wire }: Leftover,
  settleMs: number,
): Promise<void> | undefined {
  const { context, nowMs, target } = conversation;
  const start = wire.isOnWire ? wire.start : undefined;
  wire.stops += 1;
  if (!context.provider.stop) {
    // What is on the wire may be shown as late as now.
    if (start) bubble.unanswered(nowMs, conversation.lifetimeMs(start.ttlMs));
    const upForMs = bubble.upUntilMs - nowMs;
    if (start && !start.hasCallers) wire.abandonStart(wire.overtaken());
    if (upForMs > 0) conversation.emit({ type: 'expired', withinMs: upForMs });
    return undefined;
  }
  if (!bubble.mayBeUp(nowMs) && !start) return undefined;
  bubble.doubt();
  const stop = wire.sendStop(target, settleMs);
  context.waitUntil(() => stop.settled());
  return start?.settled();
}
