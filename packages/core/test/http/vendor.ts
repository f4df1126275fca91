import { inspect } from 'node:util';
import * as z from 'zod/mini';
import { expect } from 'vitest';
import type { CallOptions } from '../../src/contract/typing-provider.ts';
import type { TypingError } from '../../src/contract/typing-error.ts';
import type { ReadComplaint, VendorAnswer } from '../../src/http/vendor-answer.ts';
import { vendorHttp, type VendorRequest } from '../../src/http/vendor-http.ts';
import { type VendorOptions, vendorOptionsShape } from '../../src/http/vendor-options.ts';
import { parseOptions } from '../../src/input/parse-input.ts';

export const origin = 'https://vendor.example';
export const key = 'sk_live_4f9a/+=secret';
export const chatId = 'chat-7d1e5c';

/** A vendor whose failures are `{ message, code, trace, page, wait }`; the code `GROUP` says more than its status. */
const readComplaint: ReadComplaint = (answer) => {
  const body = z.record(z.string(), z.unknown()).safeParse(answer.body).data;
  return {
    reason: answer.words.sentence(body?.['message']),
    code: body?.['code'] === 'GROUP' ? 'unsupported' : undefined,
    vendorCode: answer.words.word(body?.['code']),
    traceId: answer.words.word(body?.['trace']),
    docUrl: answer.words.link(body?.['page']),
    retryAfterMs: answer.retryAfterMs(body?.['wait']),
  };
};

/** Makes one request of that vendor. */
export function ask(
  options: Partial<VendorOptions> = {},
  request: Partial<VendorRequest> = {},
  call: CallOptions = {},
): Promise<VendorAnswer> {
  const schema = z.strictObject(vendorOptionsShape(origin));
  const resolved = parseOptions('vendor', schema, { apiKey: key, ...options });
  const http = vendorHttp('vendor', resolved, readComplaint);
  return http(
    {
      operation: 'start',
      method: 'post',
      path: '/typing',
      expects: 200,
      hidden: [chatId],
      ...request,
    },
    call,
  );
}

/** What a promise rejects with, after a look at whether it reveals the key. */
export async function failure(asked: Promise<unknown>): Promise<TypingError> {
  const error: TypingError = await asked.then(
    (value) => {
      throw new Error(`resolved with ${inspect(value)}`);
    },
    (reason: TypingError) => reason,
  );
  expectNoSecret(error, [key, encodeURIComponent(key), chatId]);
  return error;
}

/** Looks for secrets wherever an error can be shown. */
export function expectNoSecret(error: unknown, secrets: readonly string[]): void {
  const shown = [
    inspect(error, { depth: null, showHidden: true, getters: true }),
    JSON.stringify(error),
    String(error instanceof Error && error.stack),
    inspect(error instanceof Error && error.cause, { depth: null, showHidden: true }),
  ].join('\n');
  for (const secret of secrets) expect(shown).not.toContain(secret);
}
