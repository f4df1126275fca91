import { TypingError, type TypingOperation } from '../contract/typing-error.ts';
import type { CallOptions } from '../contract/typing-provider.ts';
import { systemClock } from '../time/clock.ts';
import { type LazySignal, openDeadline } from '../time/deadline.ts';
import { isUsableKey } from './api-key.ts';
import { connectionTrouble } from './connection-trouble.ts';
import { directExchangeOf } from './direct-fetch.ts';
import { exchangeByFetch } from './exchange-by-fetch.ts';
import { HttpAnswer, type ReadComplaint, type VendorAnswer } from './vendor-answer.ts';
import type { ResolvedVendorOptions } from './vendor-options.ts';
import { vendorWords } from './vendor-words.ts';
import type { WireRequest } from './wire-exchange.ts';

/** One exchange with a vendor. */
export interface VendorRequest {
  readonly operation: TypingOperation;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Behind `baseUrl`, beginning with a slash; ids in it already encoded. */
  readonly path: string;
  readonly json?: unknown;
  /** The status, or statuses, that are a success. Any other, a redirect or another 2xx included, is thrown. */
  readonly expects: number | readonly number[];
  /** Ids of recipients in this request. A vendor that quotes them does not get them into an error. */
  readonly hidden: readonly string[];
}

/** Exchanges one request for one answer: no retry, no redirect, no memory. */
export type VendorHttp = (request: VendorRequest, call: CallOptions) => Promise<VendorAnswer>;

/**
 * The one way from an adapter to its vendor.
 *
 * The key goes into `Authorization: Bearer`. A redirect is refused, the body is read up to 64 KiB and within the
 * same `timeoutMs`, and every failure becomes a {@link TypingError} that holds no request, header or body. A call
 * whose signal is aborted rejects with the signal's own reason.
 *
 * @param provider the provider's name, for errors.
 * @param readComplaint how this vendor says what went wrong.
 */
export function vendorHttp(
  provider: string,
  options: ResolvedVendorOptions,
  readComplaint: ReadComplaint,
): VendorHttp {
  const { apiKey, baseUrl, fetch, timeoutMs } = options;
  const { host } = new URL(baseUrl);
  const exchange = directExchangeOf(fetch) ?? exchangeByFetch(fetch);

  async function askForKey(
    source: () => string | Promise<string>,
    operation: TypingOperation,
  ): Promise<string> {
    try {
      const key: unknown = await source();
      if (isUsableKey(key)) return key;
    } catch (error) {
      // Where the function says what is wrong in our words; anything else may quote a secret, and is not kept.
      if (error instanceof TypingError) throw error;
    }
    throw new TypingError({
      code: 'unauthenticated',
      provider,
      operation,
      reason: 'the apiKey function failed, or returned no usable key',
      advice: 'It must return visible ASCII characters without blanks.',
    });
  }

  async function ask(request: VendorRequest, abort: LazySignal): Promise<VendorAnswer> {
    const { operation, expects } = request;
    let { hidden } = request;
    try {
      const key = typeof apiKey === 'string' ? apiKey : await askForKey(apiKey, operation);
      abort.throwIfAborted();
      hidden = [key, ...hidden];
      const wire = await exchange(wireRequest(request, baseUrl, key), abort);
      const isSuccess =
        typeof expects === 'number' ? wire.status === expects : expects.includes(wire.status);
      // A failure keeps its status even if its body breaks off.
      if (isSuccess && wire.brokenBy) throw wire.brokenBy.reason;
      const words = vendorWords(hidden);
      const answer = new HttpAnswer(wire, words, provider, operation, readComplaint);
      if (!isSuccess) throw answer.failure();
      return answer;
    } catch (error) {
      // Not `isInstance`: a fetch of somebody else can throw what looks like one.
      if (error instanceof TypingError) throw error;
      const trouble = vendorWords(hidden).word(connectionTrouble(error));
      throw new TypingError({
        code: 'network',
        provider,
        operation,
        reason: `the connection to ${host} failed${trouble ? `: ${trouble}` : ''}`,
      });
    }
  }

  return async (request, { signal }) => {
    signal?.throwIfAborted();
    const late = (): TypingError =>
      new TypingError({
        code: 'timeout',
        provider,
        operation: request.operation,
        reason: `no answer from ${host} within ${timeoutMs} ms`,
      });
    const deadline = openDeadline(systemClock, timeoutMs, late, signal);
    try {
      return await deadline.hold(ask(request, deadline));
    } finally {
      deadline.close();
    }
  };
}

function wireRequest(
  { method, path, json }: VendorRequest,
  baseUrl: string,
  key: string,
): WireRequest {
  const authorization = `Bearer ${key}`;
  const isJson = json !== undefined;
  return {
    method: method.toUpperCase(),
    url: `${baseUrl}${path}`,
    headers: isJson ? { authorization, 'content-type': 'application/json' } : { authorization },
    body: isJson ? JSON.stringify(json) : undefined,
  };
}
