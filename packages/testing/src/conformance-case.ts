import type { TypingProvider } from '@typingkit/core';
import type { FetchFunction } from '@typingkit/core/http';
import { type LoopbackVendor, openLoopbackVendor } from './loopback-vendor.ts';
import type { AnyFacts, CreateOptions, WireExchange } from './provider-facts.ts';

/** What a case has to work with. All of it is new for each case. */
export interface ConformanceContext {
  readonly facts: AnyFacts;
  /** The credential of the providers that `create` makes. */
  readonly credential: unknown;
  readonly vendor: LoopbackVendor;
  /** Makes a provider that asks `vendor`. */
  readonly create: (options?: Partial<CreateOptions<unknown>>) => TypingProvider;
  /** Another vendor; closed with the case. */
  readonly openVendor: () => Promise<LoopbackVendor>;
  /** What performs requests in this run: the caller's transport, or the global `fetch`. */
  readonly fetch: FetchFunction;
}

/** One thing that every provider must do. */
export interface ConformanceCase {
  readonly title: string;
  /** Whether there is something to check. Default: always. */
  applies?(facts: AnyFacts): boolean;
  /** Rejects where the provider does not do it. */
  run(context: ConformanceContext): Promise<void> | void;
}

/** How to run the suite. */
export interface ConformanceOptions {
  /** What performs the requests. Default: the global `fetch`. */
  readonly fetch?: FetchFunction | undefined;
}

const defaultKey = 'conformance-key_Zq7Xw2Lk9Vb4Nf6T';

/** Runs one case against a vendor of its own. */
export async function runConformanceCase(
  conformanceCase: ConformanceCase,
  facts: AnyFacts,
  { fetch }: ConformanceOptions = {},
): Promise<void> {
  const { credential = defaultKey, tokenRequest } = facts;
  const vendors: LoopbackVendor[] = [];
  const openVendor = async (): Promise<LoopbackVendor> => {
    const vendor = await openLoopbackVendor((method, path) => {
      if (tokenRequest?.method !== method) return undefined;
      // The base URL may have a path.
      return path.endsWith(pathOf(tokenRequest, credential)) ? tokenRequest.answer : undefined;
    });
    vendors.push(vendor);
    return vendor;
  };
  try {
    const vendor = await openVendor();
    const create = (options: Partial<CreateOptions<unknown>> = {}): TypingProvider =>
      facts.create({
        baseUrl: vendor.origin,
        apiKey: credential,
        timeoutMs: 10_000,
        ...(fetch && { fetch }),
        ...options,
      });
    await conformanceCase.run({
      facts,
      credential,
      vendor,
      create,
      openVendor,
      fetch: fetch ?? ((request, init) => globalThis.fetch(request, init)),
    });
  } finally {
    await Promise.all(vendors.map((vendor) => vendor.close()));
  }
}

/** The path of an exchange for one credential. */
export function pathOf({ path }: Pick<WireExchange<unknown>, 'path'>, credential: unknown): string {
  return typeof path === 'function' ? path(credential) : path;
}
