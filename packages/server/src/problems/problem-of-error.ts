import { TypingError } from '@typingkit/core';
import { errorCodeRow, type TypingErrorCode } from '@typingkit/core/error-codes';
import { Problem, type ProblemDocument, typeOf } from './problem.ts';

/**
 * The HTTP status of each code of a `TypingError`. Clients repeat 5xx by themselves, so only what may succeed later has
 * one of those, and what the operator of the server has to fix. 401 is about the token of this server, never about a
 * vendor's key.
 */
export const problemStatuses: Readonly<Record<TypingErrorCode, number>> = {
  misconfigured: 500,
  'unknown-channel': 404,
  'invalid-target': 422,
  unauthenticated: 424,
  forbidden: 403,
  'not-found': 404,
  unsupported: 422,
  rejected: 422,
  'bad-response': 502,
  stopped: 409,
  'rate-limited': 429,
  unavailable: 503,
  network: 502,
  timeout: 504,
};

/** The document for anything that was thrown. */
export function problemOf(error: unknown): ProblemDocument {
  if (error instanceof Problem) return error.document;
  if (!TypingError.isInstance(error)) return new Problem('internal').document;
  const { code, reason, retryable, advice, retryAfterMs, channel, provider, operation } = error;
  const { status, scope, vendorCode, docUrl, traceId } = error;
  const row = errorCodeRow(code);
  const all: ProblemDocument = {
    type: typeOf(code),
    title: `${row.meaning.charAt(0).toUpperCase()}${row.meaning.slice(1)}`,
    // A code of a newer version is in no table of this one.
    status: problemStatuses[code] ?? 502,
    detail: `${reason}.`,
    code,
    retryable,
    advice: advice ?? row.advice,
    retryAfterMs,
    channel,
    provider,
    operation,
    scope,
    vendorStatus: status,
    vendorCode,
    docUrl,
    traceId,
  };
  return all;
}
