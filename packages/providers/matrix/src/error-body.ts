import type { TypingErrorCode } from '@typingkit/core';
import { lookUp, type VendorAnswer, type VendorError } from '@typingkit/core/http';
import { anything, number, object, optional, otherwise, string } from '@typingkit/core/schema';

const Refused = object({
  errcode: string(),
  error: anything(),
  retry_after_ms: otherwise(optional(number({ min: 0 })), undefined),
});

/**
 * What the codes mean, whatever the status: Synapse says `M_FORBIDDEN` with a 400, too. A code that is not here means what
 * the status means.
 *
 * @see https://spec.matrix.org/latest/client-server-api/#standard-error-response
 */
const codes: Readonly<Record<string, TypingErrorCode>> = {
  M_UNKNOWN_TOKEN: 'unauthenticated',
  M_MISSING_TOKEN: 'unauthenticated',
  M_USER_LOCKED: 'unauthenticated',
  M_FORBIDDEN: 'forbidden',
  M_GUEST_ACCESS_FORBIDDEN: 'forbidden',
  M_CONSENT_NOT_GIVEN: 'forbidden',
  M_USER_SUSPENDED: 'forbidden',
  M_LIMIT_EXCEEDED: 'rate-limited',
  M_UNRECOGNIZED: 'rejected',
};

const advices: Readonly<Record<string, string>> = {
  M_FORBIDDEN: 'Let the account join the room. userId, if set, must be the account of the token.',
  M_CONSENT_NOT_GIVEN: 'Sign in with the account, and accept the terms of the server.',
  M_UNRECOGNIZED: 'Check that baseUrl is the address of a homeserver.',
};

/** Reads what a homeserver says went wrong. */
export function readMatrixError(answer: VendorAnswer): VendorError {
  const { redact } = answer;
  const refused = Refused.read(answer.body);
  return {
    code: lookUp(codes, refused?.errcode),
    // A 404 that is not a homeserver's own is that of a wrong address.
    advice: lookUp(advices, refused?.errcode ?? (answer.status === 404 && 'M_UNRECOGNIZED')),
    reason: redact.sentence(refused?.error),
    vendorCode: redact.word(refused?.errcode),
    // The header has whole seconds, and is what the specification goes by now.
    retryAfterMs: answer.retryAfterMs() ?? refused?.retry_after_ms,
  };
}
