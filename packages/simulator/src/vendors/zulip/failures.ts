import type { VendorFailure, VendorFailures } from '../vendor.ts';

/** Status, code and words. @see https://zulip.com/api/rest-error-handling; the words are those of the server's source */
const DOCUMENTED = {
  'missing-stream': [400, 'BAD_REQUEST', 'Missing stream_id'],
  'missing-topic': [400, 'BAD_REQUEST', 'Missing topic'],
  'missing-to': [400, 'BAD_REQUEST', "Missing 'to' argument"],
  'empty-to': [400, 'BAD_REQUEST', "Empty 'to' list"],
  'invalid-user': [400, 'BAD_REQUEST', 'Invalid user ID 10'],
  'invalid-op': [400, 'BAD_REQUEST', 'Invalid op'],
  'invalid-stream': [400, 'BAD_REQUEST', 'Invalid channel ID'],
  'typing-disabled': [
    400,
    'BAD_REQUEST',
    'User has disabled typing notifications for direct messages',
  ],
  'typing-disabled-in-streams': [
    400,
    'BAD_REQUEST',
    'User has disabled typing notifications for stream messages',
  ],
  'invalid-key': [401, 'INVALID_API_KEY', 'Invalid API key'],
  unauthorized: [401, 'UNAUTHORIZED', 'Not logged in: API authentication or user session required'],
  'user-deactivated': [401, 'USER_DEACTIVATED', 'Account is deactivated'],
  'realm-deactivated': [401, 'REALM_DEACTIVATED', 'This organization has been deactivated'],
  'invalid-subdomain': [404, 'NONEXISTENT_SUBDOMAIN', 'Invalid subdomain'],
  'not-found': [404, 'BAD_REQUEST', 'Not found'],
  'server-error': [500, 'INTERNAL', 'Internal server error'],
} as const;

type ZulipFailure = keyof typeof DOCUMENTED;

/** One of the documented failures. */
export function zulipFailure(name: ZulipFailure): VendorFailure {
  const [status, code, msg] = DOCUMENTED[name];
  return { status, body: { result: 'error', msg, code } };
}

/** Both are the same fraction of seconds. */
export function limitHit(waitMs: number): VendorFailure {
  const seconds = waitMs / 1000;
  return {
    status: 429,
    headers: { 'Retry-After': String(seconds) },
    body: {
      result: 'error',
      msg: 'API usage exceeded rate limit',
      code: 'RATE_LIMIT_HIT',
      'retry-after': seconds,
    },
  };
}

/** All of them, to be had on demand. */
export const zulipFailures: VendorFailures = {
  'rate-limited': ({ retryAfterSeconds }) => limitHit(retryAfterSeconds * 1000),
  ...documented(),
};

function documented(): Record<ZulipFailure, VendorFailure> {
  const names = Object.keys(DOCUMENTED) as ZulipFailure[];
  const entries = names.map((name) => [name, zulipFailure(name)]);
  // The names are those of the table, and each has got its failure.
  return Object.fromEntries(entries) as Record<ZulipFailure, VendorFailure>;
}
