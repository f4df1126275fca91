import type { FetchFunction } from './vendor-options.ts';
import type { WireExchange } from './wire-exchange.ts';

/**
 * Under this name a `fetch` may offer a shorter way: an exchange without a `Request`, a `Response` and their streams,
 * which cost more than the exchange itself.
 */
export const exchangeDirectly: unique symbol = Symbol.for('@typingkit/core/exchange-directly');

/** A `fetch` that offers it. */
export type DirectFetch = FetchFunction & { readonly [exchangeDirectly]: WireExchange };

/** The shorter way of a `fetch`, where it has one. */
export function directExchangeOf(fetch: FetchFunction | undefined): WireExchange | undefined {
  // What is under our own symbol is ours.
  return (fetch as Partial<DirectFetch> | undefined)?.[exchangeDirectly];
}
