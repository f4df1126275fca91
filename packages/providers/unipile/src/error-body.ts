import type { TypingErrorCode } from '@typingkit/core';
import { codeOfStatus, lookUp, type VendorAnswer, type VendorError } from '@typingkit/core/http';
import {
  anything,
  integer,
  literal,
  object,
  optional,
  otherwise,
  string,
} from '@typingkit/core/schema';

// A problem document: https://developer.unipile.com/v2.0/reference/error-responses
const Problem = object({
  object: literal('Error'),
  type: string(),
  status: otherwise(optional(integer()), undefined),
  title: anything(),
  detail: anything(),
  req_id: anything(),
});

/** What a type means, whatever the status. `api/…` is Unipile's own, `provider/…` comes from LinkedIn. */
const codes: Readonly<Record<string, TypingErrorCode>> = {
  'api/invalid_parameters': 'rejected',
  'provider/invalid_parameters': 'rejected',
  // A 400: the key does not look like one.
  'api/invalid_auth_format': 'unauthenticated',
  'api/missing_authorization': 'unauthenticated',
  'api/expired_authorization': 'unauthenticated',
  'provider/invalid_authorization': 'unauthenticated',
  'provider/invalid_credentials': 'unauthenticated',
  'api/inactive_subscription': 'forbidden',
  'api/insufficient_permissions': 'forbidden',
  'provider/insufficient_permissions': 'forbidden',
  'api/account_restricted': 'forbidden',
  'api/resource_not_found': 'not-found',
  'provider/resource_not_found': 'not-found',
  'provider/method_not_allowed': 'unsupported',
  'api/not_implemented': 'unsupported',
  'api/conflict': 'rejected',
  'provider/conflict': 'rejected',
  'provider/unprocessable_entity': 'rejected',
  'api/too_many_requests': 'rate-limited',
  'provider/too_many_requests': 'rate-limited',
  'api/internal_error': 'unavailable',
  'provider/server_error': 'unavailable',
  'api/proxy_error': 'unavailable',
  'api/proxy_timeout': 'unavailable',
  'api/proxy_auth_error': 'unavailable',
  'provider/timeout': 'unavailable',
};

const connectAgain = 'The API key is good. Connect the LinkedIn account again at Unipile.';
const advices: Readonly<Record<string, string>> = {
  'provider/invalid_authorization': connectAgain,
  'provider/invalid_credentials': connectAgain,
  'api/inactive_subscription': 'Renew the subscription at Unipile.',
  'api/account_restricted': 'See in the dashboard of Unipile why it has restricted the account.',
};

/** The type of a problem; `undefined` where there is none. */
export function problemType(body: unknown): string | undefined {
  return Problem.read(body)?.type;
}

/** Reads what Unipile says went wrong. A problem may come with the status 200, too. */
export function readUnipileError({ body, status, redact }: VendorAnswer): VendorError {
  const problem = Problem.read(body);
  if (!problem) return {};
  const { type, title, detail, req_id: traceId } = problem;
  const known = lookUp(codes, type);
  return {
    code: known ?? codeOfStatus(status < 300 ? (problem.status ?? status) : status),
    advice: lookUp(advices, type),
    reason: redact.sentence(detail) ?? redact.sentence(title),
    vendorCode: redact.word(type),
    traceId: redact.word(traceId),
  };
}
