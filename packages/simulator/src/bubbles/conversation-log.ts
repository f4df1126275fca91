import type { VendorName } from '../vendors/vendor-registry.ts';
import type { ConversationFact } from './bubble.ts';
import { conversationKey } from './conversation-key.ts';

/** What happened in the conversations of all vendors. */
export interface ConversationLog {
  /** Throws an `Error` for a conversation that the vendor has. */
  open(vendor: VendorName, conversation: string): void;
  has(vendor: VendorName, conversation: string): boolean;
  record(vendor: VendorName, conversation: string, fact: ConversationFact): void;
  /**
   * Throws an `Error` for a conversation that was never created, and, where no vendor is given, for one that several
   * vendors have.
   */
  facts(conversation: string, vendor?: VendorName): readonly ConversationFact[];
  clear(): void;
}

/** @param onRecord told of every fact once it is recorded. */
export function createConversationLog(
  onRecord: (vendor: VendorName, conversation: string, fact: ConversationFact) => void,
): ConversationLog {
  const vendors = new Map<VendorName, Map<string, ConversationFact[]>>();

  const find = (conversation: string, vendor: VendorName | undefined): ConversationFact[] => {
    const key = conversationKey(conversation);
    const found = [...vendors].filter(
      ([name, entries]) => (vendor === undefined || vendor === name) && entries.has(key),
    );
    const facts = found[0]?.[1].get(key);
    if (facts === undefined) {
      const where = vendor === undefined ? 'The simulator' : `The simulated ${vendor}`;
      throw new Error(`${where} has no conversation ${JSON.stringify(conversation)}.`);
    }
    if (found.length > 1) {
      const names = found.map(([name]) => name).join(' and ');
      throw new Error(
        `Several vendors have a conversation ${JSON.stringify(conversation)}: ${names}. Ask one of them.`,
      );
    }
    return facts;
  };

  return {
    open(vendor, conversation) {
      const entries = vendors.get(vendor) ?? new Map<string, ConversationFact[]>();
      const key = conversationKey(conversation);
      if (entries.has(key)) {
        throw new Error(
          `The simulated ${vendor} already has a conversation ${JSON.stringify(conversation)}.`,
        );
      }
      vendors.set(vendor, entries.set(key, []));
    },
    has: (vendor, conversation) => vendors.get(vendor)?.has(conversationKey(conversation)) === true,
    record(vendor, conversation, fact) {
      find(conversation, vendor).push(fact);
      onRecord(vendor, conversationKey(conversation), fact);
    },
    facts: (conversation, vendor) => [...find(conversation, vendor)],
    clear() {
      vendors.clear();
    },
  };
}
