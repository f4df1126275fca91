import type { LazySignal } from '../time/deadline.ts';

/** One request, as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What came back. */
export interface WireAnswer {
  readonly status: number;
  /** A header by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** The body; `undefined` where it broke off or is larger than anybody wants to read. */
  readonly text: string | undefined;
  /** What the body broke off with. */
  readonly brokenBy?: { readonly reason: unknown } | undefined;
}

/**
 * Exchanges one request for one answer. It follows no redirect and reads no more of a body than it has to.
 *
 * @param abort gives up the connection when it is over.
 */
export type WireExchange = (request: WireRequest, abort: LazySignal) => Promise<WireAnswer>;
