import { isSameConversation } from '../bubbles/conversation-key.ts';
import type { Fault, QueuedFault } from './fault.ts';
import { faultSchema } from './fault-schema.ts';
import { checkInput } from '../input.ts';
import type { RequestMeaning } from '../vendors/vendor.ts';
import type { VendorName } from '../vendors/vendor-registry.ts';

/** What of a request a fault is matched by. */
interface FaultCandidate {
  readonly vendor: VendorName;
  readonly method: string;
  readonly path: string;
  readonly conversation: string | null;
  readonly intent: RequestMeaning['intent'];
}

/** What is to go wrong, in the order in which it was asked for. */
export interface FaultQueue {
  /**
   * Queues a fault and answers its id. The first one in the queue that matches a request hits it, and no other does.
   * Throws a `TypeError` that says what is wrong with the fault.
   */
  add(fault: Fault): string;
  /** Takes one fault out of the queue; `false` if there is none of this id. */
  remove(id: string): boolean;
  list(): readonly QueuedFault[];
  clear(): void;
}

export interface FaultSource extends FaultQueue {
  take(candidate: FaultCandidate): Fault | null;
}

export function createFaultQueue(): FaultSource {
  let queue: { id: string; fault: Fault; left: number | 'forever' }[] = [];
  let lastNumber = 0;

  return {
    add(fault) {
      checkInput(faultSchema, fault, 'The fault');
      lastNumber += 1;
      const id = `fault-${String(lastNumber)}`;
      queue.push({ id, fault, left: fault.times ?? 1 });
      return id;
    },
    remove(id) {
      const before = queue.length;
      queue = queue.filter((entry) => entry.id !== id);
      return queue.length < before;
    },
    list: () => structuredClone(queue),
    clear() {
      queue = [];
    },
    take(candidate) {
      const entry = queue.find(({ fault }) => matches(fault, candidate));
      if (entry === undefined) return null;
      if (entry.left !== 'forever') {
        entry.left -= 1;
        if (entry.left <= 0) queue = queue.filter((other) => other !== entry);
      }
      return entry.fault;
    },
  };
}

function matches(fault: Fault, candidate: FaultCandidate): boolean {
  return (
    (fault.vendor === undefined || fault.vendor === candidate.vendor) &&
    (fault.method === undefined || fault.method.toUpperCase() === candidate.method) &&
    (fault.intents === undefined ||
      (candidate.intent !== null && fault.intents.includes(candidate.intent))) &&
    (fault.path === undefined || candidate.path.includes(fault.path)) &&
    isSameConversation(fault.conversation, candidate.conversation)
  );
}
