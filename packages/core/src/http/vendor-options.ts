import {
  anyFunction,
  custom,
  described,
  milliseconds,
  optional,
  refined,
  type Schema,
  string,
  transform,
  union,
  withDefault,
} from '../schema/schema.ts';
import { type CredentialSource, isUsableKey } from './credential-source.ts';

/** What performs a request: the global `fetch`, or anything that behaves like it. */
export type FetchFunction = (request: Request, init?: RequestInit) => Promise<Response>;

/** The options that all providers over HTTP have, whatever their credential is. */
export interface TransportOptions {
  /** Where the vendor is, without query. A slash at the end makes no difference. Default: its production address. */
  readonly baseUrl?: string | undefined;
  /** What performs the requests. Default: the global `fetch`. */
  readonly fetch?: FetchFunction | undefined;
  /**
   * How long one exchange may take, in milliseconds: a key function, a token that has to be fetched and the answer's body
   * included. Default: 5,000.
   */
  readonly timeoutMs?: number | undefined;
}

/** The options of a provider whose credential is one key. */
export interface VendorOptions<Target = unknown> extends TransportOptions {
  /** The vendor's key, or a function that returns it. */
  readonly apiKey: CredentialSource<string, Target>;
}

/** {@link TransportOptions} with their defaults filled in. */
export interface ResolvedTransportOptions extends TransportOptions {
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

/** The schema of {@link TransportOptions}, field by field, for an adapter to spread into its own. */
export type TransportFields = {
  readonly baseUrl: Schema<string>;
  readonly fetch: Schema<FetchFunction | undefined>;
  readonly timeoutMs: Schema<number>;
};

/** The schema of {@link VendorOptions}, field by field, for an adapter to spread into its own. */
export type VendorFields<Target = unknown> = TransportFields & {
  readonly apiKey: Schema<CredentialSource<string, Target>>;
};

/**
 * @param productionUrl the vendor's address, for who gives no `baseUrl`.
 * @param wrongUrl what is wrong with a `baseUrl`, where this vendor knows a common mistake.
 */
export function vendorFields<Target = unknown>(
  productionUrl: string,
  wrongUrl?: (baseUrl: string) => string | undefined,
): VendorFields<Target> {
  return { apiKey: credentialField<Target>(), ...transportFields(productionUrl, wrongUrl) };
}

/** The same for an adapter whose credential has another name, or is more than one string: see {@link credentialField}. */
export function transportFields(
  productionUrl: string,
  wrongUrl: (baseUrl: string) => string | undefined = () => undefined,
): TransportFields {
  const withoutSlash = transform(string(), (url) => url.replace(/\/+$/, ''));
  return {
    baseUrl: refined(withDefault(withoutSlash, productionUrl), (url) =>
      isPlainUrl(url) ? wrongUrl(url) : 'must be an http(s) URL without user, query or hash',
    ),
    fetch: optional(anyFunction<FetchFunction>()),
    timeoutMs: withDefault(milliseconds(), 5_000),
  };
}

/** A credential that is one string: visible ASCII characters, at most 4,096; or a function that returns it. */
export function credentialField<Target = unknown>(): Schema<CredentialSource<string, Target>>;
/**
 * A credential of an adapter's own shape, or a function that returns one.
 *
 * @param schema its shape.
 * @param words what it must be: `must be an object with accountSid and authToken, or a function that returns one`.
 */
export function credentialField<Target, Credential>(
  schema: Schema<Credential>,
  words: string,
): Schema<CredentialSource<Credential, Target>>;
export function credentialField(
  schema: Schema = custom(isUsableKey, ''),
  words = "must be the vendor's key (visible ASCII characters, no spaces) or a function that returns it",
): Schema {
  return described(union(anyFunction(), schema), words);
}

/** Whether an address has nothing in it that would turn what is appended into something else than a path. */
export function isPlainUrl(value: string): boolean {
  // Looked for in the text, because the parser drops blanks and a mark with nothing behind it.
  if (/[\s?#\\]/.test(value) || !URL.canParse(value)) return false;
  const url = new URL(value);
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:';
  return isHttp && !url.username && !url.password;
}
