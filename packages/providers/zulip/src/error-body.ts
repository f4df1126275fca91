import type { TypingErrorCode } from '@typingkit/core';
import { lookUp, type VendorAnswer, type VendorError } from '@typingkit/core/http';
import { anything, object, string } from '@typingkit/core/schema';

// Its words come in the language of the bot's account.
const Refused = object({ code: string(), msg: anything(), 'retry-after': anything() });

/**
 * What the codes mean. `BAD_REQUEST`, which Zulip also says of a channel in which the bot may not post, means what the
 * status means.
 *
 * @see https://zulip.com/api/rest-error-handling
 */
const codes: Readonly<Record<string, TypingErrorCode>> = {
  INVALID_API_KEY: 'unauthenticated',
  UNAUTHORIZED: 'unauthenticated',
  USER_DEACTIVATED: 'unauthenticated',
  REALM_DEACTIVATED: 'unauthenticated',
  NONEXISTENT_SUBDOMAIN: 'not-found',
  RATE_LIMIT_HIT: 'rate-limited',
};

const advices: Readonly<Record<string, string>> = {
  INVALID_API_KEY: 'Check that the API key is that of the email.',
  NONEXISTENT_SUBDOMAIN: 'Check baseUrl: the server has no organization there.',
  BAD_REQUEST: 'Check that the bot may post there, and that its typing notifications are on.',
};

/** Reads what a Zulip server says went wrong. */
export function readZulipError(answer: VendorAnswer): VendorError {
  const refused = Refused.read(answer.body);
  return {
    code: lookUp(codes, refused?.code),
    // A 404 that is not Zulip's own is that of a wrong address, too.
    advice: lookUp(advices, refused?.code ?? (answer.status === 404 && 'NONEXISTENT_SUBDOMAIN')),
    reason: answer.redact.sentence(refused?.msg),
    vendorCode: answer.redact.word(refused?.code),
    // Both are fractions of a second.
    retryAfterMs: answer.retryAfterMs(refused?.['retry-after']),
  };
}
