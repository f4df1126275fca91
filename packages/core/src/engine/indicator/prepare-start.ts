import type { WheelEntry } from '../../time/timer-wheel.ts';
import type { Bubble } from './bubble.ts';
import type { Conversation } from '../channel/conversation.ts';
import type { Pace } from './pace.ts';

/** How long a start of a session may take. Providers over HTTP give up sooner by themselves. */
const startTimeoutMs = 10_000;

/** What takes note of a start. */
export interface Starter extends WheelEntry {
  readonly bubble: Bubble;
  readonly conversation: Conversation;
  readonly pace: Pace;
}

/**
 * Notes that a start goes out, and wakes the starter where no answer comes in time.
 *
 * @param wishMs how long the start should last.
 * @returns how long it is to last, in milliseconds, where somebody has a say in that.
 */
export function prepareStart(
  starter: Starter,
  wishMs: number | undefined,
  nowMs: number,
  timeoutMs: number = startTimeoutMs,
): number | undefined {
  const { bubble, conversation, pace } = starter;
  const lastsMs = conversation.lifetimeMs(wishMs);
  pace.sent(nowMs);
  conversation.budget.spend(nowMs);
  bubble.started(nowMs, lastsMs);
  conversation.context.wheel.schedule(starter, nowMs + timeoutMs);
  return conversation.capabilities.ttl.kind === 'caller' ? lastsMs : wishMs;
}
