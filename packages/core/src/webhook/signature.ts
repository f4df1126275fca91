import type { RequestHead } from './webhook-request.ts';

/** What the head of a request claims about who signed it. */
export interface SignatureClaim {
  /** When it was signed, in seconds since 1970, where the scheme says so. It has to be recent. */
  readonly timestampSeconds?: number | undefined;
  /** Whether one of the secrets has signed these bytes. Anything but `true` is a no. */
  matches(body: Uint8Array): boolean | Promise<boolean>;
}

/**
 * One way in which vendors sign. {@link hmacSignature}, {@link standardWebhookSignature} and {@link sharedSecret} make
 * the usual ones; write an object of your own for another (Ed25519, a signature over the URL).
 */
export interface SignatureScheme {
  /** Whether a request is to be judged by this scheme. The first scheme that applies decides alone. */
  appliesTo(request: RequestHead): boolean;
  /** What the head claims; `undefined` where it is not signed as it should be. */
  read(request: RequestHead): SignatureClaim | undefined;
}

/**
 * One secret, or several of which each is good, while one takes the place of another. In a list, those that are
 * `undefined` or empty are left out, as environment variables are that are not set.
 */
export type WebhookSecret = string | readonly (string | undefined)[];
