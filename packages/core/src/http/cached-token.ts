import { type Clock, systemClock } from '../time/clock.ts';
import { object, type Schema, string, number, optional } from '../schema/schema.ts';

/** The request that fetches a token. */
export interface TokenRequest {
  /** The whole address of the token endpoint. */
  readonly url: string;
  /** Default: `post`. */
  readonly method?: 'get' | 'post' | undefined;
  /** The body as a form. OAuth 2: `grant_type`, `client_id`, `client_secret`, `scope`. */
  readonly form?: Readonly<Record<string, string>> | undefined;
  /** The body as JSON. */
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A token as its endpoint gave it. */
export interface FetchedToken {
  readonly token: string;
  /** How long it is good, in milliseconds. Default: 5 minutes. */
  readonly expiresInMs?: number | undefined;
}

/** How a vendor gives out tokens: see {@link cachedToken}. */
export interface CachedTokenOptions<Credential, Target> {
  /** The request that fetches one. Calls for which it is the same share a token. */
  readonly request: (credential: Credential, target: Target) => TokenRequest;
  /** Reads the answer's body. Default: `access_token` and `expires_in`, as in OAuth 2. */
  readonly read?: ((body: unknown) => FetchedToken | undefined) | undefined;
  /** How long before its end a token is replaced, in milliseconds. Default: 60,000; half its life, where that is less. */
  readonly earlyMs?: number | undefined;
  /** Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
}

/** Fetches one token over the client's wire. */
export type FetchToken = (request: TokenRequest) => Promise<unknown>;

/** Tokens that are fetched when they are needed, and kept. Made by {@link cachedToken}. */
export interface TokenSource<Credential, Target> {
  /** @throws TypeError where the answer holds no token. */
  get(credential: Credential, target: Target, fetch: FetchToken): Promise<string>;
  /** Lets the next call fetch another one. */
  forget(token: string): void;
}

/** A bot needs one for each tenant, and has no more than so many tenants in use at once. */
const mostTokens = 1_000;
const defaultLifeMs = 300_000;

/**
 * Tokens that have to be fetched, for `vendorClient`: kept until shortly before they end, fetched once for all who wait,
 * and forgotten as soon as the vendor answers 401.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 * @example
 * cachedToken<{ appId: string; secret: string }>({
 *   request: ({ appId, secret }) => ({
 *     url: tokenUrl,
 *     form: { grant_type: 'client_credentials', client_id: appId, client_secret: secret, scope },
 *   }),
 * });
 */
export function cachedToken<Credential, Target = unknown>(
  options: CachedTokenOptions<Credential, Target>,
): TokenSource<Credential, Target> {
  const { request, read = readOAuthToken, earlyMs = 60_000, clock = systemClock } = options;
  const kept = new Map<string, { readonly token: string; readonly endsAtMs: number }>();
  const underWay = new Map<string, Promise<string>>();

  async function renew(key: string, fetching: Promise<unknown>): Promise<string> {
    try {
      const body = await fetching;
      const fetched = read(body);
      if (!fetched) throw new NoTokenError();
      const { token, expiresInMs = defaultLifeMs } = fetched;
      const early = Math.min(earlyMs, expiresInMs / 2);
      kept.set(key, { token, endsAtMs: clock.now() + expiresInMs - early });
      const [oldest] = kept.keys();
      if (kept.size > mostTokens && oldest !== undefined) kept.delete(oldest);
      return token;
    } finally {
      underWay.delete(key);
    }
  }

  return {
    async get(credential, target, fetch) {
      const wanted = request(credential, target);
      const key = JSON.stringify(wanted);
      const found = kept.get(key);
      if (found && clock.now() < found.endsAtMs) return found.token;
      kept.delete(key);
      let fetching = underWay.get(key);
      if (!fetching) {
        fetching = renew(key, fetch(wanted));
        underWay.set(key, fetching);
      }
      return fetching;
    },
    forget(token) {
      for (const [key, one] of kept) if (one.token === token) kept.delete(key);
    },
  };
}

/** What a token endpoint answered holds no token. */
export class NoTokenError extends Error {}

const OAuthToken: Schema<{
  readonly access_token: string;
  readonly expires_in?: number | undefined;
}> = object({ access_token: string(/^[\x21-\x7e]+$/), expires_in: optional(number({ min: 0 })) });

function readOAuthToken(body: unknown): FetchedToken | undefined {
  const read = OAuthToken.read(body);
  if (!read) return undefined;
  const { access_token: token, expires_in: seconds } = read;
  return { token, ...(seconds !== undefined && { expiresInMs: seconds * 1000 }) };
}
