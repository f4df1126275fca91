export { allowedHosts } from './allowed-hosts.ts';
export { type Authorization, basic, bearer } from './authorization.ts';
export {
  cachedToken,
  type CachedTokenOptions,
  type FetchedToken,
  type FetchToken,
  type TokenRequest,
  type TokenSource,
} from './cached-token.ts';
export { codeOfStatus } from './code-of-status.ts';
export type { CredentialSource } from './credential-source.ts';
export { keyNameField, type KeyNameOptions } from './key-name.ts';
export { lookUp } from './look-up.ts';
export type { Redaction } from './redaction.ts';
export { untilInstantMs } from './retry-after.ts';
export type { ReadError, VendorAnswer, VendorError } from './vendor-answer.ts';
export {
  type Parameters,
  type VendorClient,
  vendorClient,
  type VendorClientOptions,
  type VendorRequest,
  type VendorSettings,
} from './vendor-client.ts';
export {
  credentialField,
  type FetchFunction,
  type ResolvedTransportOptions,
  type TransportFields,
  transportFields,
  type TransportOptions,
  type VendorFields,
  vendorFields,
  type VendorOptions,
} from './vendor-options.ts';
