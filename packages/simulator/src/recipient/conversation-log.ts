import type { ConversationFact } from './bubble.ts';
import { conversationKey } from './conversation-key.ts';
import type { VendorName } from '../vendor-name.ts';

/** The facts of every conversation of both vendors, by chat id or `conversationUrn`. */
export interface ConversationLog {
  open(conversation: string, vendor: VendorName): void;
  record(conversation: string, fact: ConversationFact): void;
  /** Throws an `Error` for a conversation that was never created. */
  facts(conversation: string): readonly ConversationFact[];
  clear(): void;
}

/** @param onRecord told of every fact once it is recorded. */
export function createConversationLog(
  onRecord: (vendor: VendorName, conversation: string, fact: ConversationFact) => void,
): ConversationLog {
  const entries = new Map<string, { vendor: VendorName; facts: ConversationFact[] }>();

  const entryOf = (conversation: string): { vendor: VendorName; facts: ConversationFact[] } => {
    const entry = entries.get(conversationKey(conversation));
    if (entry === undefined) {
      throw new Error(`The simulator has no conversation ${JSON.stringify(conversation)}.`);
    }
    return entry;
  };

  return {
    open(conversation, vendor) {
      if (entries.has(conversationKey(conversation))) {
        throw new Error(
          `The simulator already has a conversation ${JSON.stringify(conversation)}.`,
        );
      }
      entries.set(conversationKey(conversation), { vendor, facts: [] });
    },
    record(conversation, fact) {
      const { vendor, facts } = entryOf(conversation);
      facts.push(fact);
      onRecord(vendor, conversationKey(conversation), fact);
    },
    facts: (conversation) => [...entryOf(conversation).facts],
    clear() {
      entries.clear();
    },
  };
}
