import type { TypingErrorCode } from '@typingkit/core';
import type { VendorFailure } from '@typingkit/testing';

interface GraphError {
  readonly status?: number;
  readonly subcode?: number;
  readonly message?: string;
}

/** An answer in the shape of the Graph API. */
export function refused(
  code: number,
  expected: TypingErrorCode,
  { status = 400, subcode, message = `(#${code}) No` }: GraphError = {},
): VendorFailure {
  const vendorCode = subcode === undefined ? String(code) : `${code}/${subcode}`;
  const details = { type: 'OAuthException', fbtrace_id: 'BLBz/WZt8dN' };
  const error = { message, ...details, code, ...(subcode && { error_subcode: subcode }) };
  return {
    name: `code ${vendorCode} with a ${status}`,
    answer: { status, json: { error } },
    code: expected,
    vendorCode,
    traceId: 'BLBz/WZt8dN',
  };
}

/** What every channel of the Graph API may answer. */
export const graphFailures: readonly VendorFailure[] = [
  refused(190, 'unauthenticated', { status: 401 }),
  // The status is not documented for each code, so it never beats one.
  refused(190, 'unauthenticated'),
  refused(0, 'unauthenticated', { status: 401 }),
  refused(10, 'forbidden', { status: 403 }),
  refused(200, 'forbidden', { status: 403 }),
  refused(230, 'forbidden'),
  refused(299, 'forbidden'),
  refused(3, 'forbidden', { status: 500 }),
  refused(368, 'forbidden'),
  refused(4, 'rate-limited', { status: 429 }),
  refused(4, 'rate-limited'),
  refused(100, 'rejected'),
  refused(1, 'unavailable', { status: 500 }),
  refused(2, 'unavailable', { status: 503 }),
  // A code that nobody has written down: the status decides.
  refused(999_999, 'rejected'),
  refused(999_999, 'unavailable', { status: 500 }),
  {
    name: 'a limit that says in a header when it ends',
    answer: {
      ...refused(80_007, 'rate-limited').answer,
      headers: {
        'x-business-use-case-usage':
          '{"419561257915477":[{"type":"whatsapp","estimated_time_to_regain_access":7}]}',
      },
    },
    code: 'rate-limited',
    retryAfterMs: 420_000,
  },
  {
    name: '429 that says when to come back',
    answer: { ...refused(4, 'rate-limited').answer, status: 429, headers: { 'retry-after': '9' } },
    code: 'rate-limited',
    retryAfterMs: 9_000,
  },
  {
    name: 'a failure without a body, with a trace',
    answer: { status: 500, headers: { 'x-fb-trace-id': 'Az8+or7' } },
    code: 'unavailable',
    traceId: 'Az8+or7',
  },
];
