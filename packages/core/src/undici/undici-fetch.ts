import { Agent, type Dispatcher } from 'undici';
import { type DirectFetch, exchangeDirectly } from '../http/direct-fetch.ts';
import type { WireRequest } from '../http/wire-exchange.ts';
import { systemClock } from '../time/clock.ts';
import { type LazySignal, openDeadline } from '../time/deadline.ts';
import { AnyAnswerHandler } from './any-answer-handler.ts';
import type { DirectAnswer } from './direct-answer.ts';

/** What {@link undiciFetch} returns. */
export interface UndiciFetch extends DirectFetch, AsyncDisposable {
  /** Closes its connections once they are done; a second time means nothing. A dispatcher that was passed in is its owner's to close. */
  close(): Promise<void>;
}

/**
 * Longer than it takes to refresh an indicator of Linq (48 s), shorter than the minute after which load balancers tend
 * to close idle connections.
 */
const keepAliveTimeout = 55_000;
const connections = 256;
/** For who brings no signal: the same as undici's own. */
const longestMs = 300_000;

// Some firewalls turn away who has no name.
const ownHeaders = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'typingkit' };

/**
 * The fast transport for Node: a `fetch` for the adapters' option of that name, straight on undici's dispatcher.
 *
 * It keeps connections for many small calls (at most 256 to one vendor, 55 s idle) and speaks HTTP/2 where the vendor
 * offers it. Adapters use a shorter way through it, which needs no `Request`, no `Response` and no streams. Whoever calls
 * it as a `fetch` gets those; it follows no redirect, asks for no compression (and takes it where it comes), and reads at most 64 KiB of a body.
 *
 * It has a few connections of its own, so make one and pass it to all adapters.
 *
 * @param options what undici's `Agent` takes, over the defaults above; or a dispatcher to use as it is, such as a
 * `ProxyAgent`.
 * @see https://undici.nodejs.org/#/docs/api/Agent
 * @example
 * const fetch = undiciFetch();
 * const typing = createTyping({ channels: { imessage: linq({ apiKey, fetch }) } });
 */
export function undiciFetch(options: Agent.Options | Dispatcher = {}): UndiciFetch {
  // Not `instanceof`: a ProxyAgent may come from another copy of undici.
  const isBorrowed = 'dispatch' in options;
  const dispatcher = isBorrowed
    ? options
    : new Agent({ connections, keepAliveTimeout, ...options });

  const exchange = (request: WireRequest, abort: LazySignal): Promise<DirectAnswer> =>
    new Promise((resolve, reject) => {
      const { origin, pathname, search } = new URL(request.url);
      dispatcher.dispatch(
        {
          origin,
          path: `${pathname}${search}`,
          method: request.method,
          headers: { ...ownHeaders, ...request.headers },
          body: request.body ?? null,
          // Whoever waits has a deadline.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        new AnyAnswerHandler(abort, resolve, reject),
      );
    });

  async function fetch(input: Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const { method, url, headers, signal } = request;
    const late = (): Error => new Error(`There was no answer within ${longestMs} ms.`);
    const deadline = openDeadline(systemClock, longestMs, late, signal);
    try {
      const body = (await deadline.hold(request.text())) || undefined;
      const wireRequest = { method, url, headers: Object.fromEntries(headers), body };
      const answer = await deadline.hold(exchange(wireRequest, deadline));
      return answer.toResponse();
    } finally {
      deadline.close();
    }
  }

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= isBorrowed ? Promise.resolve() : dispatcher.close().then(() => {});
    return closing;
  };
  return Object.assign(fetch, {
    [exchangeDirectly]: exchange,
    close,
    [Symbol.asyncDispose]: close,
  });
}
