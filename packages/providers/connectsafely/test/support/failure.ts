import { inspect } from 'node:util';
import { TypingError } from '@typingkit/core';
import { expect } from 'vitest';
import { apiKey, bodyMarker, headerMarker, profileId, threadId } from './connectsafely-vendor.ts';

const secrets: readonly string[] = [
  apiKey,
  encodeURIComponent(apiKey),
  'Bearer b0f1',
  profileId,
  threadId,
  'msg_conversation:(urn',
  bodyMarker,
  headerMarker,
  'authorization',
];

/** Every way in which an error gets into a log. */
export function everyPrintOf(error: TypingError): string[] {
  return [
    inspect(error, { depth: null, showHidden: true, getters: true }),
    JSON.stringify(error),
    error.stack ?? '',
    String(error),
    inspect(error.cause, { depth: null, showHidden: true }),
  ];
}

/** What a promise fails with: a TypingError that holds no secret, no id of a recipient and nothing of the body. */
export async function failureOf(
  promise: Promise<unknown>,
  moreSecrets: readonly string[] = [],
): Promise<TypingError> {
  const error = await promise.then(
    () => expect.fail('the call did not fail'),
    (reason: unknown) => reason,
  );
  if (!TypingError.isInstance(error)) throw error;
  expect(error.cause).toBeUndefined();
  for (const print of everyPrintOf(error)) {
    for (const secret of [...secrets, ...moreSecrets]) {
      expect(print.toLowerCase()).not.toContain(secret.toLowerCase());
    }
  }
  return error;
}

/** The fields of an error that programs read. */
export function fieldsOf(error: TypingError): object {
  const { code, retryable, status, retryAfterMs, vendorCode, docUrl, traceId } = error;
  return { code, retryable, status, retryAfterMs, vendorCode, docUrl, traceId };
}

/** What a function throws, as a TypingError. */
export function thrownBy(run: () => unknown): TypingError {
  try {
    run();
  } catch (error) {
    if (TypingError.isInstance(error)) return error;
    throw error;
  }
  return expect.fail('nothing was thrown');
}
