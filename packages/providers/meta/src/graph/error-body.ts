import type { TypingErrorCode } from '@typingkit/core';
import type { VendorAnswer, VendorError } from '@typingkit/core/http';
import {
  anything,
  array,
  integer,
  number,
  object,
  optional,
  otherwise,
  record,
} from '@typingkit/core/schema';

const Refused = object({
  error: object({
    code: integer(),
    error_subcode: otherwise(optional(integer()), undefined),
    message: anything(),
    fbtrace_id: anything(),
    error_data: otherwise(object({ details: anything() }), { details: undefined }),
  }),
});

/** Of each account, the minutes until it may send again. */
const Usage = record(array(object({ estimated_time_to_regain_access: number({ min: 0 }) })));

const outsideWindow =
  'The person has to write again: the time in which you may answer has passed, mostly 24 hours.';

/** What to do about a code of Meta's, or else about a code of ours. */
const advices: Readonly<Record<string, string>> = {
  unauthenticated: 'Renew the access token. Many of them end after 60 days.',
  unsupported: outsideWindow,
  131009: 'The id must be that of a message that a person sent to this number.',
};

/**
 * What the codes mean, on all channels. A subcode says more than its code, and a code more than the status: 3 comes with a
 * 500 and means that a permission is missing.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 * @see https://developers.facebook.com/docs/messenger-platform/error-codes
 */
const meanings: Readonly<Record<string, TypingErrorCode>> = {
  0: 'unauthenticated',
  190: 'unauthenticated',
  '1/99': 'forbidden',
  3: 'forbidden',
  10: 'forbidden',
  368: 'forbidden',
  551: 'forbidden',
  130497: 'forbidden',
  131031: 'forbidden',
  33: 'not-found',
  '100/33': 'not-found',
  '100/2018001': 'not-found',
  // Outside of the window in which one may answer.
  '10/2018278': 'unsupported',
  '10/2534022': 'unsupported',
  131047: 'unsupported',
  1545041: 'unsupported',
  4: 'rate-limited',
  32: 'rate-limited',
  613: 'rate-limited',
  80007: 'rate-limited',
  130429: 'rate-limited',
  131048: 'rate-limited',
  131056: 'rate-limited',
  100: 'rejected',
  131008: 'rejected',
  131009: 'rejected',
  131021: 'rejected',
  1: 'unavailable',
  2: 'unavailable',
  1200: 'unavailable',
  131000: 'unavailable',
  131016: 'unavailable',
  131057: 'unavailable',
  133004: 'unavailable',
  133005: 'unavailable',
};

/** Reads what the Graph API says went wrong. */
export function readGraphError(answer: VendorAnswer): VendorError {
  const { redact } = answer;
  const traceId = redact.word(answer.header('x-fb-trace-id'));
  const error = Refused.read(answer.body)?.error;
  // Without a body of Meta's own, what stands in the way answered: a proxy, or a service around WhatsApp.
  if (!error) return { traceId };
  const code = meaningOf(error.code, error.error_subcode);
  const isLimited = code === 'rate-limited' || answer.status === 429;
  return {
    code,
    advice: advices[error.code] ?? (code && advices[code]),
    reason: redact.sentence(error.error_data.details) ?? redact.sentence(error.message),
    vendorCode: redact.word(codeAndSubcode(error.code, error.error_subcode)),
    traceId: redact.word(error.fbtrace_id) ?? traceId,
    retryAfterMs: answer.retryAfterMs() ?? (isLimited ? regainMs(answer) : undefined),
  };
}

function meaningOf(code: number, subcode: number | undefined): TypingErrorCode | undefined {
  const exact = meanings[`${code}/${subcode}`] ?? meanings[code];
  if (exact !== undefined) return exact;
  const isPermission = code >= 200 && code <= 299;
  const isUnregistered = code >= 133_000 && code <= 133_016;
  return isPermission || isUnregistered ? 'forbidden' : undefined;
}

function codeAndSubcode(code: number, subcode: number | undefined): string {
  return subcode === undefined ? String(code) : `${code}/${subcode}`;
}

/** Meta sends no `Retry-After`, but says in a header how long an account has used up what it may. */
function regainMs(answer: VendorAnswer): number | undefined {
  try {
    const usage: unknown = JSON.parse(answer.header('x-business-use-case-usage') ?? '');
    const all = Object.values(Usage.read(usage) ?? {}).flat();
    const minutes = all.map((each) => each.estimated_time_to_regain_access);
    const longestMs = Math.max(0, ...minutes) * 60_000;
    return longestMs > 0 ? longestMs : undefined;
  } catch {
    return undefined;
  }
}
