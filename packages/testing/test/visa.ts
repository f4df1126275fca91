import { parseOptions, parseTarget, type TypingProvider } from '@typingkit/core';
import { cachedToken, vendorClient, vendorFields, type VendorOptions } from '@typingkit/core/http';
import { object, strictObject, string } from '@typingkit/core/schema';
import type { ProviderFacts } from '../src/index.ts';

/** A text, as some vendors want it. */
export type VisaTarget = string;

const Options = strictObject(vendorFields<VisaTarget>('https://api.visa.example'));
const Target = string(/^\w+@\w+$/, 'must be an address');
const Token = object({ token: string() });

/** A vendor that does not exist and gives an access token for the key; the caller chooses the lifetime. */
function visa(options: VendorOptions<VisaTarget>): TypingProvider<VisaTarget> {
  const resolved = parseOptions('visa', Options, options);
  const ask = vendorClient<string, VisaTarget>('visa', resolved, {
    token: cachedToken({
      request: (key) => ({ url: `${resolved.baseUrl}/token`, form: { key } }),
      read: (body) => Token.read(body),
    }),
  });
  const send = async (
    operation: 'start' | 'stop',
    target: VisaTarget,
    typing: object,
    signal: AbortSignal | undefined,
  ): Promise<void> => {
    const path = `/chats/${encodeURIComponent(target)}?silent=yes`;
    const json = { ...typing, id: crypto.randomUUID() };
    await ask({ operation, method: 'put', path, json, expects: 204, target }, { signal });
  };
  return {
    specification: 1,
    name: 'visa',
    capabilities: {
      ttl: { kind: 'caller', minMs: 5_000, maxMs: 60_000, stepMs: 5_000 },
      repeat: 'extends',
      stop: 'explicit',
      clearsOnMessage: false,
      groups: false,
      minIntervalMs: 0,
      sideEffects: ['marks-read'],
      inbound: false,
      requires: [],
    },
    parseTarget: (input) => parseTarget('visa', Target, input),
    conversationKey: (target) => target,
    async start(target, { signal, ttlMs = 60_000 }) {
      await send('start', target, { typing: true, ttlMs }, signal);
      return { visibleForMs: ttlMs };
    },
    stop: (target, { signal }) => send('stop', target, { typing: false }, signal),
  };
}

/** @param anyText matches what is new in every request. */
export function visaFacts(anyText: unknown): ProviderFacts<VisaTarget> {
  const exchange = {
    method: 'PUT',
    path: '/chats/ada%40work?silent=yes',
    headers: { 'content-type': 'application/json' },
    answer: { status: 204 },
  } as const;
  return {
    create: visa,
    target: 'ada@work',
    otherTarget: 'bob@work',
    invalidTargets: ['ada', '@work', { address: 'ada@work' }],
    authorization: () => ({ authorization: 'Bearer token-of-a-day' }),
    tokenRequest: {
      method: 'POST',
      path: '/token',
      answer: { status: 200, json: { token: 'token-of-a-day' } },
    },
    start: { ...exchange, json: { typing: true, ttlMs: 60_000, id: anyText } },
    stop: { ...exchange, json: { typing: false, id: anyText } },
    failures: [],
  };
}
