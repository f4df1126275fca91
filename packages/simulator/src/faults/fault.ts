import type { RequestMeaning } from '../vendors/vendor.ts';
import type { VendorName } from '../vendors/vendor-registry.ts';

/** Which requests a fault is for. What is left out matches everything. */
export interface FaultMatch {
  readonly vendor?: VendorName | undefined;
  /** `POST`, `DELETE`, … in any case. */
  readonly method?: string | undefined;
  /** What the request is about. */
  readonly intents?: readonly NonNullable<RequestMeaning['intent']>[] | undefined;
  /** A part of the request's path, such as `/typing`. */
  readonly path?: string | undefined;
  /** The `id` of a conversation that the request names. */
  readonly conversation?: string | undefined;
  /** How many requests it hits before it is used up. Default: 1. */
  readonly times?: number | 'forever' | undefined;
}

/** What goes wrong. Times here are real milliseconds, because the client's own timeouts are. */
export type FaultEffect =
  /** The vendor's own answer, late. Acted on after the wait, or on arrival with `takesEffect`. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** No answer until the client gives up or the simulator closes. */
  | { readonly kind: 'hang' }
  /** The connection is destroyed: `before-answer` (the default) with a TCP reset, `mid-body` after half of an answer. */
  | { readonly kind: 'reset'; readonly when?: 'before-answer' | 'mid-body' | undefined }
  /** Any status with any headers; a body that is not a string is sent as JSON. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly body?: unknown;
    }
  /** A proxy's error page. Default status: 502. */
  | { readonly kind: 'html'; readonly status?: number | undefined }
  /** A complete answer of half a JSON document. Default status: 200. */
  | { readonly kind: 'truncated-json'; readonly status?: number | undefined }
  /** A JSON document of `bytes` bytes. Default: 8 MiB with status 200. */
  | {
      readonly kind: 'oversize';
      readonly bytes?: number | undefined;
      readonly status?: number | undefined;
    }
  /** Default status: 307. */
  | {
      readonly kind: 'redirect';
      readonly location: string;
      readonly status?: 301 | 302 | 303 | 307 | 308 | undefined;
    }
  /** No body at all. Default status: 200. */
  | { readonly kind: 'empty'; readonly status?: number | undefined }
  /** Headers at once, then a JSON document byte by byte. Default: one byte per 100 ms with status 200. */
  | {
      readonly kind: 'drip';
      readonly everyMs?: number | undefined;
      readonly status?: number | undefined;
    };

/** A failure that the vendor documents, in its own words: one of the vendor's `failures`. */
export interface DocumentedFault {
  readonly kind: 'failure';
  readonly vendor: VendorName;
  readonly failure: string;
  /** What it says about when to come back, where it says that. Default: 30. */
  readonly retryAfterSeconds?: number | undefined;
}

/** What becomes of the request that a fault hits. */
export interface FaultOutcome {
  /**
   * Whether the vendor acts on the request although its answer is spoilt: the case that a client cannot tell from a
   * request that got lost. Default: `false`.
   */
  readonly takesEffect?: boolean | undefined;
}

/** Something that goes wrong on demand: which requests it hits, what their client gets, and what the vendor does all the same. */
export type Fault = FaultMatch & FaultOutcome & (FaultEffect | DocumentedFault);

/** A fault in the queue. */
export interface QueuedFault {
  readonly id: string;
  readonly fault: Fault;
  readonly left: number | 'forever';
}
