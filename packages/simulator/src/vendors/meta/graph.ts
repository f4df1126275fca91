import { bearerToken } from '../bearer.ts';
import type { VendorFailure } from '../vendor.ts';

/** What Meta says that a code is about, and the status with which it is seen. */
interface GraphError {
  readonly status: number;
  readonly code: number;
  readonly subcode?: number;
  readonly message: string;
  readonly type?: string;
  /** WhatsApp says in its own words what is wrong. */
  readonly details?: string;
}

/** An error in the shape of the Graph API. @see https://developers.facebook.com/docs/graph-api/guides/error-handling */
export function graphFailure(error: GraphError): VendorFailure {
  const { status, code, subcode, message, type = 'OAuthException', details } = error;
  return {
    status,
    headers: { 'x-fb-trace-id': 'BLBz/WZt8dN' },
    body: {
      error: {
        message,
        type,
        code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(details === undefined
          ? {}
          : { error_data: { messaging_product: 'whatsapp', details } }),
        fbtrace_id: 'BLBz/WZt8dN',
      },
    },
  };
}

type GraphFailure =
  | 'unauthenticated'
  | 'no-permission'
  | 'no-capability'
  | 'object-not-found'
  | 'invalid-parameter'
  | 'app-rate-limited'
  | 'server-error'
  | 'bad-gateway';

/** The failures that every channel of the Graph API has, by name. */
export const graphFailures: Readonly<Record<GraphFailure, VendorFailure>> = {
  unauthenticated: graphFailure({
    status: 401,
    code: 190,
    message: 'Error validating access token: Session has expired.',
  }),
  'no-permission': graphFailure({
    status: 403,
    code: 10,
    message: '(#10) Application does not have permission for this action',
  }),
  'no-capability': graphFailure({
    status: 500,
    code: 3,
    message: '(#3) Application does not have the capability to make this API call.',
  }),
  'object-not-found': graphFailure({
    status: 400,
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    message:
      'Unsupported request. The object does not exist, cannot be loaded due to missing permissions, or does not support this operation',
  }),
  'invalid-parameter': graphFailure({
    status: 400,
    code: 100,
    message: '(#100) Invalid parameter',
  }),
  'app-rate-limited': graphFailure({
    status: 429,
    code: 4,
    message: '(#4) Application request limit reached',
  }),
  'server-error': graphFailure({
    status: 500,
    code: 2,
    message: 'An unexpected error has occurred. Please retry your request later.',
  }),
  'bad-gateway': {
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<html><head><title>Facebook | Error</title></head></html>',
  },
};

/** `Retry-After` is not documented, but clients read it; the header of Meta's own counts in minutes. */
export function limited(failure: VendorFailure, retryAfterSeconds: number): VendorFailure {
  return {
    ...failure,
    headers: { ...failure.headers, 'Retry-After': String(retryAfterSeconds) },
  };
}

/** The token of a request: in a header, or in the query as Meta's own examples have it. */
export function tokenIn(request: Request, query: URLSearchParams): string | null {
  return (
    bearerToken(request.headers.get('authorization') ?? undefined) ?? query.get('access_token')
  );
}

/** What follows the version, in parts: `/v25.0/106540352242922/messages` is `['106540352242922', 'messages']`. */
export function graphPath(pathname: string): readonly string[] {
  return pathname
    .replace(/^\/v\d{1,3}\.\d(?=\/)/, '')
    .split('/')
    .filter((part) => part !== '');
}
