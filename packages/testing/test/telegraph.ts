import { setTimeout as wait } from 'node:timers/promises';
import {
  type CallOptions,
  parseTarget,
  TypingError,
  type TypingErrorCode,
  type TypingProvider,
} from '@typingkit/core';
import * as z from 'zod/mini';
import type { CreateOptions, ProviderFacts } from '../src/index.ts';

/** A chat of a vendor that does not exist, but works as Telegram does: the key is in the URL, and there is no stop. */
export interface TelegraphTarget {
  readonly chat: number;
}

const Target = z.object({ chat: z.int('must be a whole number') });
const Accepted = z.object({ ok: z.literal(true), result: z.literal(true) });
const Refused = z.object({
  ok: z.literal(false),
  error_code: z.number(),
  parameters: z.optional(z.object({ retry_after: z.number() })),
});
const codes: Readonly<Record<number, TypingErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  429: 'rate-limited',
};
const longestBody = 100_000;

/** A provider that uses nothing of `@typingkit/core/http`. */
function telegraph(options: CreateOptions): TypingProvider<TelegraphTarget> {
  const { apiKey, timeoutMs = 5_000, fetch = globalThis.fetch } = options;
  if (!/^[\x21-\x7e]+$/.test(apiKey) || !URL.canParse(options.baseUrl)) {
    throw new TypingError({ code: 'misconfigured', provider: 'telegraph', reason: 'bad options' });
  }
  const url = `${options.baseUrl.replace(/\/$/, '')}/bot${apiKey}/sendChatAction`;

  async function exchange(target: TelegraphTarget, signal: AbortSignal): Promise<object> {
    const body = new URLSearchParams({ chat: String(target.chat), action: 'typing' });
    const request = new Request(url, { method: 'POST', body, redirect: 'manual', signal });
    const response = await fetch(request);
    const { status, ok } = response;
    const text = await textOf(response).catch((error: unknown) => {
      if (ok) throw error;
      return '';
    });
    const answer = parsed(text);
    const refused = Refused.safeParse(answer).data;
    const waitMs = refused?.parameters && refused.parameters.retry_after * 1000;
    if (refused) throw failure(codeOf(refused.error_code), status, waitMs);
    if (!ok) throw failure(codeOf(status), status, retryAfterMs(response.headers));
    if (!Accepted.safeParse(answer).success) throw failure('bad-response', status);
    return {};
  }

  return {
    specification: 1,
    name: 'telegraph',
    capabilities: {
      ttl: { kind: 'fixed', ms: 5_000, source: 'documented' },
      repeat: 'extends',
      stop: 'expires',
      clearsOnMessage: true,
      groups: true,
      minIntervalMs: 1_000,
      sideEffects: [],
      inbound: false,
      requires: [],
    },
    parseTarget: (input) => parseTarget('telegraph', Target, input),
    conversationKey: ({ chat }) => String(chat),
    async start(target, { signal }: CallOptions) {
      signal?.throwIfAborted();
      const over = new AbortController();
      const limit = AbortSignal.timeout(timeoutMs);
      const all = AbortSignal.any([limit, over.signal, ...(signal ? [signal] : [])]);
      try {
        return await exchange(target, all);
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        if (limit.aborted) throw failure('timeout');
        throw TypingError.isInstance(error) ? error : failure('network');
      } finally {
        over.abort();
        // Until the connection is gone, so that nothing is left.
        await wait(0);
      }
    },
  };
}

function failure(code: TypingErrorCode, status?: number, waitMs?: number): TypingError {
  return new TypingError({
    code,
    status,
    retryAfterMs: waitMs,
    provider: 'telegraph',
    operation: 'start',
    reason: 'the vendor did not accept',
  });
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  if (!response.body) return text;
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestBody) return '';
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(status: number): TypingErrorCode {
  if (status < 400) return 'bad-response';
  return codes[status] ?? (status < 500 ? 'rejected' : 'unavailable');
}

function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get('retry-after') ?? '';
  const now = Date.parse(headers.get('date') ?? '');
  const ms = /^\d+(\.\d+)?$/.test(value)
    ? Number(value) * 1000
    : /^[A-Z]/.test(value)
      ? Date.parse(value) - now
      : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), 2 ** 31 - 1);
}

/** What is true of {@link telegraph}. */
export const telegraphFacts: ProviderFacts<TelegraphTarget> = {
  create: telegraph,
  apiKey: '123456:AAF-conformance_key',
  target: { chat: -100_777 },
  otherTarget: { chat: 42 },
  invalidTargets: [{ chat: '42' }, { chat: 1.5 }],
  hidden: ['-100777'],
  start: {
    method: 'POST',
    path: (apiKey) => `/bot${apiKey}/sendChatAction`,
    form: { chat: '-100777', action: 'typing' },
    answer: { status: 200, json: { ok: true, result: true } },
  },
  stop: 'expires',
  failures: [
    refusal(401, 401, 'unauthenticated'),
    refusal(200, 403, 'forbidden'),
    {
      name: '429 inside a 200',
      answer: {
        status: 200,
        json: { ok: false, error_code: 429, parameters: { retry_after: 5 } },
      },
      code: 'rate-limited',
      retryAfterMs: 5_000,
    },
  ],
};

function refusal(
  status: number,
  error: number,
  code: TypingErrorCode,
): ProviderFacts['failures'][number] {
  const json = { ok: false, error_code: error, description: 'No' };
  return { name: `${error} inside a ${status}`, answer: { status, json }, code };
}
