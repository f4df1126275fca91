/** What the headers of a request claim about its signature. */
export interface SignedRequest {
  /** When it was signed, in seconds since 1970. */
  readonly timestampSeconds: number;
  /** Whether one of the secrets has signed this body, and these headers. */
  matches(body: string): Promise<boolean>;
}

/** Reads one scheme. `undefined`: the request is not signed in it. */
export type ReadSignature = (headers: Pick<Headers, 'get'>) => SignedRequest | undefined;

/** A timestamp in the one spelling that there is for it: any other could not be what was signed. */
export function signedSeconds(header: string | null): number | undefined {
  return header && /^[1-9]\d{0,10}$/.test(header) ? Number(header) : undefined;
}
