import {
  type Diagnosis,
  TypingError,
  type TypingErrorDetails,
  type TypingProvider,
} from '@typingkit/core';
import type { FetchFunction } from '@typingkit/core/http';
import type { CreateOptions } from '../../src/index.ts';
import { acme, type AcmeTarget } from '../acme.ts';

type Acme = TypingProvider<AcmeTarget>;

/** What {@link acme} is made of. */
export type AcmeOptions = CreateOptions<string, AcmeTarget>;

/** {@link acme} with one thing wrong. */
export interface BrokenProvider {
  /** What it does. */
  readonly does: string;
  /** The titles of the cases that must fail, and no other may. The first is the one that it was made for. */
  readonly fails: readonly string[];
  readonly create: (options: AcmeOptions) => Acme;
}

/** @param fails the one case that must fail. */
export function broken(
  does: string,
  fails: string | readonly string[],
  create: BrokenProvider['create'],
): BrokenProvider {
  return { does, fails: typeof fails === 'string' ? [fails] : fails, create };
}

/** Other methods or data in place of the good ones. */
export function withMembers(
  change: (good: Acme, options: AcmeOptions) => Partial<Acme>,
): BrokenProvider['create'] {
  return (options) => {
    const good = acme(options);
    return { ...good, ...change(good, options) };
  };
}

/** Something between the provider and the network. */
export function withFetch(
  change: (request: Request, send: FetchFunction, options: AcmeOptions) => Promise<Response>,
): BrokenProvider['create'] {
  return (options) => {
    const send = sender(options);
    return acme({ ...options, fetch: (request) => change(request, send, options) });
  };
}

/** Other errors in place of the good ones, of starts and of stops. */
export function withErrors(
  change: (error: TypingError, options: AcmeOptions, target: AcmeTarget) => unknown,
): BrokenProvider['create'] {
  return withMembers((good, options) => {
    const changed = async <T>(target: AcmeTarget, call: Promise<T> | undefined): Promise<T> => {
      try {
        // `acme` has a stop.
        return (await call) as T;
      } catch (error) {
        throw TypingError.isInstance(error) ? change(error, options, target) : error;
      }
    };
    return {
      start: (target, call) => changed(target, good.start(target, call)),
      stop: (target, call) => changed(target, good.stop?.(target, call)),
      // `acme` has one of these, too.
      diagnose: (target, call) =>
        changed(target, good.diagnose?.(target, call) as Promise<Diagnosis>),
    };
  });
}

/** The same error with other details. */
export function rewritten(error: TypingError, details: Partial<TypingErrorDetails>): TypingError {
  const { retryable: _, ...known } = error.toJSON();
  return new TypingError({ ...known, ...details });
}

/** What really sends. */
export function sender({ fetch }: AcmeOptions): FetchFunction {
  return fetch ?? ((request, init) => globalThis.fetch(request, init));
}

/** The same answer with another `Retry-After`, or none. */
export function withRetryAfter(
  change: (value: string) => string | undefined,
): BrokenProvider['create'] {
  return withFetch(async (request, send) => {
    const response = await send(request);
    const value = response.headers.get('retry-after');
    if (value === null) return response;
    const headers = new Headers(response.headers);
    const changed = change(value);
    if (changed === undefined) headers.delete('retry-after');
    else headers.set('retry-after', changed);
    return new Response(response.body, { status: response.status, headers });
  });
}

/** The first part of a body, which on loopback is all of a small one, and a response that still has it. */
export async function peek(response: Response): Promise<readonly [first: string, Response]> {
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  const rest = new ReadableStream<Uint8Array>({
    start(controller) {
      if (value) controller.enqueue(value);
    },
    async pull(controller) {
      const { value: more } = (await reader?.read()) ?? {};
      if (more) controller.enqueue(more);
      else controller.close();
    },
    cancel: (reason) => reader?.cancel(reason),
  });
  const { status, headers } = response;
  return [new TextDecoder().decode(value), new Response(rest, { status, headers })];
}
