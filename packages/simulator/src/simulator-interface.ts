import type { BubbleInterval, ConversationFact } from './bubbles/bubble.ts';
import type { FaultQueue } from './faults/faults.ts';
import type { SimulatorListener } from './observing/observer.ts';
import type { LoggedRequest, RequestFilter } from './observing/request-log.ts';
import type { SimulatedClock } from './time/clock.ts';
import type { SimulatedVendors, VendorName, VendorOptions } from './vendors/vendor-registry.ts';

/** What `startSimulator` can be told, the settings of each vendor among it. Everything has a default. */
export interface SimulatorOptions extends VendorOptions {
  /** Default: 0, any free port. */
  readonly port?: number | undefined;
  /** Where real time comes from, in milliseconds. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Simulated milliseconds per real millisecond. Default: 1. */
  readonly speed?: number | undefined;
  /** How many requests the log holds; older ones are dropped. Default: 10,000. */
  readonly keptRequests?: number | undefined;
}

/**
 * Every vendor on one port of 127.0.0.1. All times are simulated, in milliseconds since the Unix epoch. A conversation
 * is named by its `id`.
 */
export interface Simulator extends SimulatedVendors {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Where the control surface is: `<url>/_simulator`. */
  readonly controlUrl: string;
  readonly clock: SimulatedClock;
  /** The vendors by name: `vendors.linq` is `linq`. */
  readonly vendors: SimulatedVendors;
  readonly faults: FaultQueue;
  /** What came over the wire, oldest first. */
  requests(filter?: RequestFilter): readonly LoggedRequest[];
  /** How many requests the log has dropped to make room for newer ones. */
  droppedRequests(): number;
  forgetRequests(): void;
  /**
   * When the recipient saw the bubble, oldest first. Computed from what happened, so it is right whenever it is asked
   * for. Throws an `Error` for a conversation that was never created, and for an id that several vendors have: ask one
   * of them, as in `simulator.telegram.recipientView(id)`.
   */
  recipientView(conversation: string): readonly BubbleInterval[];
  /** The starts, stops and messages of a conversation, with why a start stayed hidden. Throws as `recipientView` does. */
  history(conversation: string): readonly ConversationFact[];
  /**
   * Calls the listener at everything that happens from now on, and answers what ends it. An error that the listener
   * throws is an uncaught one, and disturbs nothing here.
   */
  observe(listener: SimulatorListener): () => void;
  /** Forgets every conversation, request and fault; settings and time stay. */
  reset(): void;
  /** Stops listening and destroys what is open, hanging requests too. Can be called twice. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Where a simulator and its vendors are, as data. */
export interface SimulatorAddresses {
  readonly url: string;
  readonly controlUrl: string;
  readonly vendors: Readonly<Record<VendorName, AddressOfVendor>>;
}

interface AddressOfVendor {
  readonly channel: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  /** What the environment of a bot has to say. */
  readonly environment: Readonly<Record<string, string>>;
}

export function addressesOf({ url, controlUrl, vendors }: Simulator): SimulatorAddresses {
  const rows = Object.entries(vendors).map(
    ([name, { channel, baseUrl, apiKey, environment }]) =>
      [name, { channel, baseUrl, apiKey, environment }] as const,
  );
  // The same names as those of the vendors, which `Object.fromEntries` does not know.
  return { url, controlUrl, vendors: Object.fromEntries(rows) as SimulatorAddresses['vendors'] };
}
