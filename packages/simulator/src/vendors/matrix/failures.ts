import type { VendorFailure, VendorFailures } from '../vendor.ts';

/** Status, code and words. @see https://spec.matrix.org/latest/client-server-api/#standard-error-response; the words are Synapse's */
const DOCUMENTED = {
  'unknown-token': [401, 'M_UNKNOWN_TOKEN', 'Invalid access token passed.', { soft_logout: false }],
  'missing-token': [401, 'M_MISSING_TOKEN', 'Missing access token'],
  'user-locked': [401, 'M_USER_LOCKED', 'User account has been locked', { soft_logout: true }],
  'not-in-room': [403, 'M_FORBIDDEN', 'User @bot:example.org not in room !simulated:example.org'],
  'not-a-member': [403, 'M_FORBIDDEN', "You aren't a member of the room."],
  'guest-forbidden': [403, 'M_GUEST_ACCESS_FORBIDDEN', 'Guest access not allowed'],
  'consent-not-given': [
    403,
    'M_CONSENT_NOT_GIVEN',
    'To continue using this homeserver you must review and agree to its terms.',
    { consent_uri: 'https://example.org/_matrix/consent' },
  ],
  suspended: [403, 'M_USER_SUSPENDED', 'This account has been suspended.'],
  // It contradicts its code.
  'another-user': [400, 'M_FORBIDDEN', "Cannot set another user's typing state"],
  'not-hosted': [400, 'M_UNKNOWN', 'User is not hosted on this homeserver'],
  'invalid-user': [400, 'M_INVALID_PARAM', "Expected UserID string to start with '@'"],
  'bad-json': [400, 'M_BAD_JSON', 'Content must be a JSON object.'],
  'not-json': [400, 'M_NOT_JSON', 'Content not JSON.'],
  unrecognized: [404, 'M_UNRECOGNIZED', 'Unrecognized request'],
  'server-error': [500, 'M_UNKNOWN', 'Internal server error'],
} as const;

type MatrixFailure = keyof typeof DOCUMENTED;

/** One of the documented failures. */
export function matrixFailure(name: MatrixFailure): VendorFailure {
  const [status, errcode, error, more = {}] = DOCUMENTED[name];
  return { status, body: { errcode, error, ...more } };
}

/** The header rounds up, as Synapse does. @param waitMs until a request would be taken. */
export function limitExceeded(waitMs: number): VendorFailure {
  return {
    status: 429,
    headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
    body: { errcode: 'M_LIMIT_EXCEEDED', error: 'Too Many Requests', retry_after_ms: waitMs },
  };
}

/** All of them, to be had on demand. */
export const matrixFailures: VendorFailures = {
  'rate-limited': ({ retryAfterSeconds }) => limitExceeded(retryAfterSeconds * 1000),
  ...documented(),
};

function documented(): Record<MatrixFailure, VendorFailure> {
  const names = Object.keys(DOCUMENTED) as MatrixFailure[];
  const entries = names.map((name) => [name, matrixFailure(name)]);
  // The names are those of the table, and each has got its failure.
  return Object.fromEntries(entries) as Record<MatrixFailure, VendorFailure>;
}
