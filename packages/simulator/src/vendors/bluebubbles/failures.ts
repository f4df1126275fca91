import type { VendorFailure, VendorFailures } from '../vendor.ts';

const SET_UP =
  'Please make sure you have completed the setup for the Private API, and your helper is connected!';

export const unauthorized: VendorFailure = refusal(
  401,
  'You are not authorized to access this resource',
  'Authentication Error',
  'Missing server password!',
);

/** A 500, although to ask again helps nobody. */
export const withoutPrivateApi: VendorFailure = refusal(
  500,
  SET_UP,
  'iMessage Error',
  'iMessage Private API is not enabled!',
);

export const withoutHelper: VendorFailure = refusal(
  500,
  SET_UP,
  'iMessage Error',
  'iMessage Private API Helper is not connected!',
);

export const notFound: VendorFailure = refusal(
  404,
  'The requested resource was not found',
  'Database Error',
  'Not found',
);

/** All of them, to be had on demand. The server itself knows no limit: a tunnel in front of it may. */
export const blueBubblesFailures: VendorFailures = {
  'rate-limited': ({ retryAfterSeconds }) => ({
    ...page(429),
    headers: { 'Content-Type': 'text/html', 'Retry-After': String(retryAfterSeconds) },
  }),
  'server-error': refusal(500, 'The server has encountered an error', 'Server Error', 'Error'),
  unauthorized,
  'without-private-api': withoutPrivateApi,
  'without-helper': withoutHelper,
  'not-found': notFound,
  'tunnel-down': page(530),
};

function refusal(status: number, message: string, type: string, words: string): VendorFailure {
  return { status, body: { status, message, error: { type, message: words } } };
}

function page(status: number): VendorFailure {
  const body = '<!DOCTYPE html><html><head><title>Cloudflare Tunnel error</title></head></html>';
  return { status, headers: { 'Content-Type': 'text/html' }, body };
}
