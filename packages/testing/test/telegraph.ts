import {
  parseOptions,
  parseTarget,
  type TypingErrorCode,
  type TypingProvider,
} from '@typingkit/core';
import {
  type VendorAnswer,
  vendorClient,
  type VendorError,
  vendorFields,
  type VendorOptions,
} from '@typingkit/core/http';
import { integer, literal, object, optional, strictObject } from '@typingkit/core/schema';
import type { ProviderFacts } from '../src/index.ts';

/** A chat of a vendor that does not exist, but works as Telegram does: the key is in the URL, and there is no stop. */
export interface TelegraphTarget {
  readonly chat: number;
}

const Options = strictObject(vendorFields<TelegraphTarget>('https://api.telegraph.example'));
const Target = object({ chat: integer() });
const Accepted = object({ ok: literal(true), result: literal(true) });
const Refused = object({
  ok: literal(false),
  error_code: integer(),
  parameters: optional(object({ retry_after: integer() })),
});
const codes: Readonly<Record<number, TypingErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  429: 'rate-limited',
};

function readTelegraphError(answer: VendorAnswer): VendorError {
  const refused = Refused.read(answer.body);
  return {
    code: refused && (codes[refused.error_code] ?? 'rejected'),
    retryAfterMs: answer.retryAfterMs(refused?.parameters?.retry_after),
  };
}

function telegraph(options: VendorOptions<TelegraphTarget>): TypingProvider<TelegraphTarget> {
  const resolved = parseOptions('telegraph', Options, options);
  const ask = vendorClient<string, TelegraphTarget>('telegraph', resolved, {
    authorize: (key) => ({ pathPrefix: `/bot${key}` }),
    readError: readTelegraphError,
  });
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
    async start(target, call) {
      const form = { chat: target.chat, action: 'typing' };
      const answer = await ask(
        { operation: 'start', method: 'post', path: '/sendChatAction', form, expects: 200, target },
        call,
      );
      if (!Accepted.accepts(answer.body)) throw answer.failure();
      return {};
    },
  };
}

/** What is true of {@link telegraph}. */
export const telegraphFacts: ProviderFacts<TelegraphTarget> = {
  create: telegraph,
  credential: '123456:AAF-conformance_key',
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
