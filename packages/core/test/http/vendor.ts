import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { CallOptions } from '../../src/contract/typing-provider.ts';
import type { TypingError } from '../../src/contract/typing-error.ts';
import type { ReadError, VendorAnswer } from '../../src/http/vendor-answer.ts';
import {
  vendorClient,
  type VendorRequest,
  type VendorSettings,
} from '../../src/http/vendor-client.ts';
import { type VendorOptions, vendorFields } from '../../src/http/vendor-options.ts';
import { parseOptions } from '../../src/input/parse-input.ts';
import { anything, record, strictObject } from '../../src/schema/schema.ts';

export const origin = 'https://vendor.example';
export const key = 'sk_live_4f9a/+=secret';
export const chatId = 'chat-7d1e5c';

/** A vendor whose failures are `{ message, code, trace, page, wait }`; the code `GROUP` says more than its status. */
const readError: ReadError = (answer) => {
  const body = record(anything()).read(answer.body);
  return {
    reason: answer.redact.sentence(body?.['message']),
    code: body?.['code'] === 'GROUP' ? 'unsupported' : undefined,
    vendorCode: answer.redact.word(body?.['code']),
    traceId: answer.redact.word(body?.['trace']),
    docUrl: answer.redact.link(body?.['page']),
    retryAfterMs: answer.retryAfterMs(body?.['wait']),
  };
};

/** Makes one request of that vendor. */
export function ask(
  options: Partial<VendorOptions> = {},
  request: Partial<VendorRequest> = {},
  call: CallOptions = {},
  settings: VendorSettings = {},
): Promise<VendorAnswer> {
  const resolved = parseOptions('vendor', strictObject(vendorFields(origin)), {
    apiKey: key,
    ...options,
  });
  const http = vendorClient('vendor', resolved, { readError, ...settings });
  return http(
    {
      operation: 'start',
      method: 'post',
      path: '/typing',
      expects: 200,
      target: { chatId },
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
