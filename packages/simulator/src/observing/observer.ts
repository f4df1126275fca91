import type { BubbleInterval, ConversationFact } from '../bubbles/bubble.ts';
import type { VendorName } from '../vendors/vendor-registry.ts';
import type { LoggedRequest } from './request-log.ts';
import type { WebhookDelivery } from './webhook-delivery.ts';

/** Something that has just happened in the simulator. Plain data; times are simulated milliseconds since the Unix epoch. */
export type SimulatorEvent =
  /** A request was answered, or spoilt by a fault. */
  | { readonly kind: 'request'; readonly atMs: number; readonly request: LoggedRequest }
  /** A start, a stop or a message, as `history` has it. */
  | {
      readonly kind: 'fact';
      readonly atMs: number;
      readonly vendor: VendorName;
      readonly conversation: string;
      readonly fact: ConversationFact;
    }
  /** The bubble came on the recipient's screen, or went; `endedBy` is `null` when it came. */
  | {
      readonly kind: 'bubble';
      readonly atMs: number;
      readonly vendor: VendorName;
      readonly conversation: string;
      readonly visible: boolean;
      readonly endedBy: BubbleInterval['endedBy'];
    }
  /** The person on the other side began to type, or stopped. */
  | {
      readonly kind: 'person';
      readonly atMs: number;
      readonly vendor: VendorName;
      readonly conversation: string;
      readonly state: 'started' | 'stopped';
    }
  /** A webhook was sent, and answered or not. */
  | { readonly kind: 'delivery'; readonly atMs: number; readonly delivery: WebhookDelivery }
  /** `reset` was called: whatever was told before is forgotten. */
  | { readonly kind: 'reset'; readonly atMs: number };

/** Called with each event as it happens. */
export type SimulatorListener = (event: SimulatorEvent) => void;

export interface Observers {
  /** Calls the listener at every event from now on. Answers what ends it. */
  observe(listener: SimulatorListener): () => void;
  tell(event: SimulatorEvent): void;
}

export function createObservers(): Observers {
  const listeners = new Set<{ readonly listener: SimulatorListener }>();
  return {
    observe(listener) {
      // An object of its own, so that one function can observe twice.
      const entry = { listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    tell(event) {
      for (const { listener } of listeners) {
        try {
          listener(event);
        } catch (error) {
          // As with an EventTarget: the others still hear it, and the mistake is not lost.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
