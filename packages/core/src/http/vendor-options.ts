import * as z from 'zod/mini';
import { type ApiKey, isUsableKey } from './api-key.ts';

/** What performs a request: the global `fetch`, or anything that behaves like it. */
export type FetchFunction = (request: Request, init?: RequestInit) => Promise<Response>;

/** The options that all providers over HTTP have. */
export interface VendorOptions {
  /** The vendor's key, or a function that gives it. Asked before every request. */
  readonly apiKey: ApiKey;
  /** Where the vendor is, without query. A slash at the end makes no difference. Default: its production address. */
  readonly baseUrl?: string | undefined;
  /** What performs the requests. Default: the global `fetch`. */
  readonly fetch?: FetchFunction | undefined;
  /** How long one exchange may take, in milliseconds, body included. Default: 5,000. */
  readonly timeoutMs?: number | undefined;
}

/** The same with its defaults filled in. */
export interface ResolvedVendorOptions extends VendorOptions {
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

/** The schema of {@link VendorOptions}, field by field, for an adapter to spread into its own. */
export interface VendorOptionsShape {
  readonly apiKey: z.ZodMiniType<ApiKey, ApiKey>;
  readonly baseUrl: z.ZodMiniType<string, string | undefined>;
  readonly fetch: z.ZodMiniType<FetchFunction | undefined, FetchFunction | undefined>;
  readonly timeoutMs: z.ZodMiniType<number, number | undefined>;
}

/**
 * @param productionUrl the vendor's address, for who gives no `baseUrl`.
 * @param refuseUrl what is wrong with a `baseUrl`, where this vendor knows a common mistake.
 */
export function vendorOptionsShape(
  productionUrl: string,
  refuseUrl: (baseUrl: string) => string | undefined = () => undefined,
): VendorOptionsShape {
  // Getters, so that a schema is built where it is used and no import waits for it.
  return {
    get apiKey() {
      return z.custom<ApiKey>(
        (value) => typeof value === 'function' || isUsableKey(value),
        "must be the vendor's key (visible ASCII characters, no blanks) or a function that returns it",
      );
    },
    get baseUrl() {
      return z.pipe(
        z._default(z.string(), productionUrl),
        z.transform((url, context) => {
          const baseUrl = url.replace(/\/+$/, '');
          const message = isPlainUrl(baseUrl)
            ? refuseUrl(baseUrl)
            : 'must be an http(s) URL without user, query and hash';
          if (message) context.issues.push({ code: 'custom', input: url, message });
          return baseUrl;
        }),
      );
    },
    get fetch() {
      return z.optional(
        z.custom<FetchFunction>((value) => typeof value === 'function', 'must be a function'),
      );
    },
    get timeoutMs() {
      return z._default(
        z
          .number()
          .check(
            z.refine((ms) => ms > 0 && ms < 2 ** 31, 'must be more than 0 and less than 2^31'),
          ),
        5_000,
      );
    },
  };
}

function isPlainUrl(value: string): boolean {
  // Looked for in the text, because the parser drops blanks and a mark with nothing behind it.
  if (/[\s?#]/.test(value) || !URL.canParse(value)) return false;
  const url = new URL(value);
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:';
  return isHttp && !url.username && !url.password;
}
