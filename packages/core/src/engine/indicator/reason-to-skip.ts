import type { Bubble } from './bubble.ts';
import type { Conversation } from '../channel/conversation.ts';
import type { Pace } from './pace.ts';

/** Over how much time first starts are spread that were skipped together, in milliseconds. */
const spreadOfStartsMs = 1_000;
/** The longest to wait before looking again: what lasts until it is stopped has no interval. */
const longestTurnMs = 30_000;

/** Why a start that is due is not made, and when the next one is. */
export interface Skip {
  /** `needless`: a repeat would be ignored, or is forbidden. */
  readonly reason: 'needless' | 'disabled' | 'budget' | 'rate-limited';
  readonly untilMs: number;
}

/** @returns `undefined` where the start is to be made. */
export function reasonToSkip(
  conversation: Conversation,
  bubble: Bubble,
  pace: Pace,
  nowMs: number,
): Skip | undefined {
  const { budget, capabilities, context, isEnabled } = conversation;
  if (capabilities.repeat !== 'extends' && bubble.isVisible(nowMs)) {
    return { reason: 'needless', untilMs: bubble.visibleUntilMs };
  }
  if (!isEnabled) return { reason: 'disabled', untilMs: nowMs + turnMs(pace) };
  const isRefresh = pace.attempts > 0;
  const freeAtMs = budget.freeAtMs(isRefresh ? 'refresh' : 'start');
  if (freeAtMs <= nowMs) return undefined;
  // Those that were skipped together must not come back together.
  const spreadMs = context.random() * (isRefresh ? turnMs(pace) : spreadOfStartsMs);
  return {
    reason: budget.heldUntilMs > nowMs ? 'rate-limited' : 'budget',
    untilMs: freeAtMs + spreadMs,
  };
}

function turnMs(pace: Pace): number {
  return Math.min(pace.intervalMs(), longestTurnMs);
}
