import { isBubbleVisible } from '../../bubbles/bubble.ts';
import type { ConversationFact } from '../../bubbles/bubble.ts';

/**
 * Whether a start must stay hidden because the recipient's device swept the bubble away and nothing has reset it.
 * Linq's reference says so since 2026-07-25: a repeated start alone may not bring it back; a stop and a start, or a
 * message, do.
 * @see https://docs.linqapp.com/guides/chats/typing-indicators/
 */
export function needsStopFirst(facts: readonly ConversationFact[]): boolean {
  const lastReset = facts.findLastIndex((fact) => fact.kind !== 'start');
  const reset = facts[lastReset];
  return reset?.kind === 'opened' && isBubbleVisible(facts.slice(0, lastReset), reset.atMs);
}
