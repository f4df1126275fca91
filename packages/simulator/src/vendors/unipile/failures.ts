import type { VendorFailure, VendorFailures } from '../vendor.ts';

/** Status and type. @see https://developer.unipile.com/v2.0/reference/error-responses */
const DOCUMENTED = {
  'invalid-parameters': [400, 'api/invalid_parameters', 'Invalid parameters'],
  'invalid-auth-format': [400, 'api/invalid_auth_format', 'Invalid authorization format'],
  unauthorized: [401, 'api/missing_authorization', 'Missing authorization'],
  'expired-authorization': [401, 'api/expired_authorization', 'Expired authorization'],
  disconnected: [401, 'provider/invalid_authorization', 'Account is disconnected.'],
  'invalid-credentials': [401, 'provider/invalid_credentials', 'Invalid credentials'],
  'inactive-subscription': [402, 'api/inactive_subscription', 'The subscription is not active.'],
  'insufficient-permissions': [403, 'api/insufficient_permissions', 'Insufficient permissions'],
  'account-restricted': [403, 'api/account_restricted', 'The account is restricted.'],
  'account-not-found': [404, 'api/resource_not_found', 'Account not found'],
  'chat-not-found': [404, 'provider/resource_not_found', 'Chat not found'],
  'method-not-allowed': [405, 'provider/method_not_allowed', 'Method not allowed'],
  conflict: [409, 'provider/conflict', 'Conflict'],
  'server-error': [500, 'api/internal_error', 'Internal error'],
  'provider-error': [502, 'provider/server_error', 'LinkedIn answered with an error.'],
  'provider-timeout': [504, 'provider/timeout', 'LinkedIn did not answer.'],
} as const;

type UnipileFailure = keyof typeof DOCUMENTED;

export function unipileFailure(name: UnipileFailure): VendorFailure {
  const [status, type, detail] = DOCUMENTED[name];
  return problem(status, type, detail);
}

export function tooManyRequests(retryAfterSeconds: number, by: 'api' | 'provider'): VendorFailure {
  const failure = problem(429, `${by}/too_many_requests`, 'Too many requests');
  return { ...failure, headers: { 'Retry-After': String(retryAfterSeconds) } };
}

/** All of them, to be had on demand. */
export const unipileFailures: VendorFailures = {
  'rate-limited': ({ retryAfterSeconds }) => tooManyRequests(retryAfterSeconds, 'api'),
  'rate-limited-by-linkedin': ({ retryAfterSeconds }) =>
    tooManyRequests(retryAfterSeconds, 'provider'),
  ...documented(),
};

function documented(): Record<UnipileFailure, VendorFailure> {
  const names = Object.keys(DOCUMENTED) as UnipileFailure[];
  const entries = names.map((name) => [name, unipileFailure(name)]);
  // The names are those of the table, and each has got its failure.
  return Object.fromEntries(entries) as Record<UnipileFailure, VendorFailure>;
}

function problem(status: number, type: string, detail: string): VendorFailure {
  const title = detail.replace(/\.$/, '');
  return { status, body: { object: 'Error', type, status, title, detail, req_id: 'req-sim' } };
}
