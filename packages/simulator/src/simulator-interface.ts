import type { BubbleInterval, ConversationFact } from './recipient/bubble.ts';
import type { SimulatedClock } from './time/clock.ts';
import type { ConnectSafelySettingsChange } from './connectsafely/settings.ts';
import type { ConnectSafelyVendor } from './connectsafely/vendor.ts';
import type { FaultQueue } from './faults/faults.ts';
import type { LinqSettingsChange } from './linq/settings.ts';
import type { LinqVendor } from './linq/vendor.ts';
import type { SimulatorListener } from './observing/observer.ts';
import type { LoggedRequest, RequestFilter } from './observing/request-log.ts';

/** What `startSimulator` can be told. Everything has a default. */
export interface SimulatorOptions {
  /** Default: 0, any free port. */
  readonly port?: number | undefined;
  /** Where real time comes from, in milliseconds. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Simulated milliseconds per real millisecond. Default: 1. */
  readonly speed?: number | undefined;
  readonly linq?: LinqSettingsChange | undefined;
  readonly connectsafely?: ConnectSafelySettingsChange | undefined;
}

/** Where a vendor is to be found and the first key it takes. */
export interface VendorAddress {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** Both vendors on one port of 127.0.0.1. All times are simulated, in milliseconds since the Unix epoch. */
export interface Simulator {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Where the control surface is: `<url>/_simulator`. */
  readonly controlUrl: string;
  readonly clock: SimulatedClock;
  readonly linq: LinqVendor & VendorAddress;
  readonly connectsafely: ConnectSafelyVendor & VendorAddress;
  readonly faults: FaultQueue;
  /** What came over the wire, oldest first. */
  requests(filter?: RequestFilter): readonly LoggedRequest[];
  forgetRequests(): void;
  /**
   * When the recipient saw the bubble, oldest first, by chat id or `conversationUrn`. Computed from what happened, so
   * it is right whenever it is asked for. Throws an `Error` for a conversation that was never created.
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
