import { setTimeout as wait } from 'node:timers/promises';
import { TypingError } from '@typingkit/core';
import { acme } from '../acme.ts';
import {
  type AcmeOptions,
  broken,
  type BrokenProvider,
  rewritten,
  withFetch,
  withMembers,
} from './broken-provider.ts';

type KeyFunction = Extract<AcmeOptions['apiKey'], (...parameters: never) => unknown>;

export const brokenKeys: readonly BrokenProvider[] = [
  broken(
    'asks the key function twice',
    [
      'asks a key function once for each exchange, with the target',
      'asks a key function for a stop, too',
    ],
    withKeyFunction((apiKey) => async (target) => {
      await apiKey(target);
      return apiKey(target);
    }),
  ),
  broken(
    'asks for nobody in particular',
    'asks a key function once for each exchange, with the target',
    // What a provider in JavaScript could do.
    withKeyFunction((apiKey) => () => apiKey(undefined as never)),
  ),
  broken(
    'sends a stop with a key of yesterday',
    'asks a key function for a stop, too',
    (options) => {
      const good = acme(options);
      const other = acme({ ...options, apiKey: 'yesterday' });
      return typeof options.apiKey === 'function' && other.stop
        ? { ...good, stop: other.stop }
        : good;
    },
  ),
  broken(
    'writes the key in its own way',
    'sends what a key function returns, also a promise, where a constant would stand',
    withKeyFunction((apiKey) => async (target) => {
      const key: unknown = await apiKey(target);
      // What it returns may be no string: there is a case for that.
      return (typeof key === 'string' ? key.toUpperCase() : key) as string;
    }),
  ),
  broken(
    'blames the vendor where the key function threw',
    'says that the key function failed where it throws, and asks nobody',
    withMembers((good) => ({
      start: (target, call) =>
        good.start(target, call).catch((error: unknown) => {
          const isOurs = TypingError.isInstance(error) && /function failed/.test(error.message);
          throw isOurs ? rewritten(error, { reason: 'the vendor refused' }) : error;
        }),
    })),
  ),
  broken(
    'wraps what a key function says in our words',
    'passes on the TypingError that a key function throws',
    withKeyFunction((apiKey) => async (target) => {
      try {
        return await apiKey(target);
      } catch (error) {
        throw TypingError.isInstance(error) ? rewritten(error, {}) : error;
      }
    }),
  ),
  broken(
    'has a key of its own where the function has none',
    'refuses what a key function returns where no key looks so, and asks nobody',
    withKeyFunction((apiKey) => async (target) => (await apiKey(target)) || 'fallback'),
  ),
  broken(
    'waits for a key as long as it takes',
    'gives up a key function that hangs within timeoutMs',
    withKeyAhead((key, signal) => Promise.race([key, aborted(signal)])),
  ),
  broken(
    'hears of no abort while it waits for a key',
    "rejects with the caller's own reason when it is aborted while a key function hangs",
    withKeyAhead((key, _signal, timeoutMs) => Promise.race([key, wait(timeoutMs)])),
  ),
  broken(
    'sends the key twice',
    'puts the key nowhere but where the facts say',
    withFetch((request, send) => {
      const headers = new Headers(request.headers);
      headers.set('x-debug', btoa(String(headers.get('authorization'))));
      return send(new Request(request, { headers }));
    }),
  ),
  broken(
    'puts a key into its path, where it looks like one',
    'lets no key choose another path',
    withFetch((request, send) => {
      const key = request.headers.get('authorization')?.slice('Bearer '.length) ?? '';
      if (!key.startsWith('..')) return send(request);
      return send(new Request(new URL(`./${key}`, request.url), request));
    }),
  ),
];

/** Another function in place of the one that is given. */
function withKeyFunction(change: (apiKey: KeyFunction) => KeyFunction): BrokenProvider['create'] {
  return (options) => {
    const { apiKey } = options;
    return acme(typeof apiKey === 'function' ? { ...options, apiKey: change(apiKey) } : options);
  };
}

/** Waits for the key in a way of its own before it goes on as it should. */
function withKeyAhead(
  waitFor: (
    key: Promise<unknown>,
    signal: AbortSignal | undefined,
    timeoutMs: number,
  ) => Promise<unknown>,
): BrokenProvider['create'] {
  return (options) => {
    const { apiKey, timeoutMs = 5_000 } = options;
    const good = acme(options);
    if (typeof apiKey !== 'function') return good;
    return {
      ...good,
      async start(target, call) {
        const key = Promise.resolve(target).then(apiKey);
        await waitFor(
          key.catch(() => {}),
          call.signal,
          timeoutMs,
        );
        return acme({ ...options, apiKey: () => key }).start(target, call);
      },
    };
  };
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
