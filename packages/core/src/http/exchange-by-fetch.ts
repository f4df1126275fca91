import type { KyInstance } from 'ky';
import { readBody } from './read-body.ts';
import type { FetchFunction } from './vendor-options.ts';
import type { WireExchange } from './wire-exchange.ts';

let ky: KyInstance | undefined;

/** @param fetch default: the global one, as it is at the time of each request. */
export function exchangeByFetch(fetch?: FetchFunction): WireExchange {
  return async ({ method, url, headers, body }, abort) => {
    const { signal } = abort;
    const rest = { headers, signal, ...(body !== undefined && { body }) };
    // With the first request, because ky asks the runtime for its whole fetch as soon as it is loaded: that is most of
    // what it takes to import an adapter, and nobody needs it who has a transport of their own.
    ky ??= (await import('ky')).default;
    abort.throwIfAborted();
    const response = await ky(url, {
      method,
      // A typing indicator that arrives late is worse than none: who retries, and when, is the engine's to say.
      retry: 0,
      throwHttpErrors: false,
      redirect: 'manual',
      // ky's own timeout ends with the headers; ours covers the body, too.
      timeout: false,
      // What ky would copy, join or pipe from one Request into the next is added where the last one is made: it costs
      // more than all the rest of ky, and the key gets into no error of ky's. The runtime's own fetch is asked by address,
      // which spares it a Request made of a Request.
      fetch: fetch
        ? (request, init) => fetch(new Request(request, rest), init)
        : () => globalThis.fetch(url, { ...rest, method, redirect: 'manual' }),
    });
    const { status, headers: received } = response;
    const header = (name: string): string | undefined => received.get(name) ?? undefined;
    try {
      return { status, header, text: await readBody(response, abort) };
    } catch (reason) {
      return { status, header, text: undefined, brokenBy: { reason } };
    }
  };
}
