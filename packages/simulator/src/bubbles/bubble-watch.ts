import type { Observers } from '../observing/observer.ts';
import type { Schedule } from '../time/schedule.ts';
import type { VendorName } from '../vendors/vendor-registry.ts';
import { bubbleIntervals } from './bubble.ts';
import type { ConversationFact } from './bubble.ts';
import type { ConversationLog } from './conversation-log.ts';

export interface BubbleWatch {
  /** To be called for every fact, after it was recorded. */
  look(vendor: VendorName, conversation: string, fact: ConversationFact): void;
  clear(): void;
}

/** Tells the observers when a bubble comes and goes, where the view itself only answers who asks. */
export function createBubbleWatch(
  conversations: Pick<ConversationLog, 'facts'>,
  observers: Observers,
  schedule: Schedule,
): BubbleWatch {
  const visible = new Set<string>();

  const compare = (vendor: VendorName, conversation: string): void => {
    const atMs = schedule.clock.now();
    const last = bubbleIntervals(conversations.facts(conversation, vendor), atMs).at(-1);
    const isVisible = last?.toMs === null;
    const key = `${vendor} ${conversation}`;
    if (isVisible === visible.has(key)) return;
    if (isVisible) visible.add(key);
    else visible.delete(key);
    const endedBy = last?.endedBy ?? null;
    observers.tell({ kind: 'bubble', atMs, vendor, conversation, visible: isVisible, endedBy });
  };

  return {
    look(vendor, conversation, fact) {
      compare(vendor, conversation);
      if (fact.kind !== 'start' || fact.hiddenBecause !== null || fact.lifetimeMs === null) return;
      schedule.at(fact.atMs + fact.lifetimeMs, () => {
        compare(vendor, conversation);
      });
    },
    clear() {
      visible.clear();
    },
  };
}
