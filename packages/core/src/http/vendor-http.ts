import ky from 'ky';
import { TypingError, type TypingOperation } from '../contract/typing-error.ts';
import type { CallOptions } from '../contract/typing-provider.ts';
import { systemClock } from '../time/clock.ts';
import { openDeadline } from '../time/deadline.ts';
import { isUsableKey } from './api-key.ts';
import { connectionTrouble } from './connection-trouble.ts';
import { readBody } from './read-body.ts';
import { type ReadComplaint, type VendorAnswer, vendorAnswer } from './vendor-answer.ts';
import type { ResolvedVendorOptions } from './vendor-options.ts';
import { vendorWords } from './vendor-words.ts';

/** One exchange with a vendor. */
export interface VendorRequest {
  readonly operation: TypingOperation;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Behind `baseUrl`, beginning with a slash; ids in it already encoded. */
  readonly path: string;
  readonly json?: unknown;
  /** The one status that is a success. Any other, a redirect or another 2xx included, is thrown. */
  readonly expects: number;
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
  const client = ky.create({
    // A typing indicator that arrives late is worse than none: who retries, and when, is the engine's to say.
    retry: 0,
    throwHttpErrors: false,
    redirect: 'manual',
    // ky's own timeout ends with the headers; ours covers the body, too.
    timeout: false,
    ...(fetch && { fetch: (input, init) => fetch(new Request(input), init) }),
  });

  async function currentKey(operation: TypingOperation): Promise<string> {
    if (typeof apiKey === 'string') return apiKey;
    try {
      const key: unknown = await apiKey();
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

  return async (request, call) => {
    const { operation, method, path, json, expects, hidden } = request;
    call.signal?.throwIfAborted();
    const late = (): TypingError =>
      new TypingError({
        code: 'timeout',
        provider,
        operation,
        reason: `no answer from ${host} within ${timeoutMs} ms`,
      });
    const deadline = openDeadline(systemClock, timeoutMs, late, call.signal);
    let words = vendorWords(hidden);
    const exchange = async (): Promise<VendorAnswer> => {
      const key = await currentKey(operation);
      words = vendorWords([key, ...hidden]);
      deadline.signal.throwIfAborted();
      const response = await client(`${baseUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}` },
        signal: deadline.signal,
        ...(json !== undefined && { json }),
      });
      const isSuccess = response.status === expects;
      // A failure keeps its status even if its body breaks off.
      const text = await readBody(response, deadline.signal).catch((error: unknown) => {
        if (isSuccess) throw error;
        return undefined;
      });
      const answer = vendorAnswer(response, text, words, { provider, operation }, readComplaint);
      if (!isSuccess) throw answer.failure();
      return answer;
    };
    try {
      return await deadline.hold(exchange());
    } catch (error) {
      if (deadline.signal.aborted) throw deadline.signal.reason;
      // Not `isInstance`: a fetch of somebody else can throw what looks like one.
      if (error instanceof TypingError) throw error;
      const trouble = words.word(connectionTrouble(error));
      throw new TypingError({
        code: 'network',
        provider,
        operation,
        reason: `the connection to ${host} failed${trouble ? `: ${trouble}` : ''}`,
      });
    } finally {
      deadline.close();
    }
  };
}
