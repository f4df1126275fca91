import { type VendorClient, vendorClient, type VendorClientOptions } from '@typingkit/core/http';
import { type Schema, string, withDefault } from '@typingkit/core/schema';
import { readGraphError } from './error-body.ts';

/** The option that every channel of the Graph API has. */
export interface GraphOptions {
  /** The version of the Graph API. Default: `v25.0`. */
  readonly version?: string | undefined;
}

/** The schema of {@link GraphOptions}, field by field. */
export const graphFields: { readonly version: Schema<string> } = {
  version: withDefault(string(/^v\d{1,3}\.\d$/, 'must be a version such as v25.0'), 'v25.0'),
};

/**
 * The one way to Meta. The token goes into a header: what stands in a URL is logged on the way.
 *
 * @param header the header that carries the token as it is. Default: `Authorization: Bearer`.
 */
export function graphClient<Target>(
  options: VendorClientOptions<string, Target>,
  header?: string,
): VendorClient<Target> {
  return vendorClient<string, Target>('meta', options, {
    credentialOption: 'accessToken',
    readError: readGraphError,
    ...(header !== undefined && { authorize: (token) => ({ headers: { [header]: token } }) }),
  });
}
