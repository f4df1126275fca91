import { TypingError } from '@typingkit/core';
import { acme } from '../acme.ts';
import { broken, type BrokenProvider, withFetch, withMembers } from './broken-provider.ts';

let firstKey: string | undefined;

export const brokenWire: readonly BrokenProvider[] = [
  broken(
    'starts with PUT',
    'starts with the request that the vendor documents',
    withFetch(async (request, send) => {
      const isStart = (await request.clone().text()).includes('"on"');
      return send(isStart ? new Request(request, { method: 'PUT' }) : request);
    }),
  ),
  broken(
    'stops with the request of a start',
    'stops with the request that the vendor documents',
    withFetch(async (request, send) => {
      if (request.method === 'GET') return send(request);
      const body = (await request.text()).replace('"off"', '"on"');
      return send(new Request(request, { method: 'POST', body }));
    }),
  ),
  broken(
    'carries the key in another scheme',
    'carries the credential in its headers',
    withFetch((request, send) => {
      const headers = new Headers(request.headers);
      headers.set('authorization', String(headers.get('authorization')).replace('Bearer', 'Token'));
      return send(new Request(request, { headers }));
    }),
  ),
  broken(
    'keeps the first key that it is given for all',
    [
      'keeps to its own key when there are two providers',
      'asks a key function once for each exchange, with the target',
      'gives up a key function that hangs within timeoutMs',
      'passes on the TypingError that a key function throws',
      'refuses what a key function returns where no key looks so, and asks nobody',
      "rejects with the caller's own reason when it is aborted while a key function hangs",
      'says that the key function failed where it throws, and asks nobody',
    ],
    (options) => {
      const provider = acme(options);
      if (typeof options.apiKey === 'string') firstKey ??= options.apiKey;
      const first = acme({ ...options, apiKey: firstKey ?? options.apiKey });
      return { ...provider, start: (target, call) => first.start(target, call) };
    },
  ),
  broken(
    'keeps only the origin of its base URL',
    'keeps the path of its base URL, with and without a slash behind it',
    (options) => {
      const { baseUrl } = options;
      return acme({
        ...options,
        baseUrl: URL.canParse(baseUrl) ? new URL(baseUrl).origin : baseUrl,
      });
    },
  ),
  broken('has a fetch of its own', 'sends through the fetch that it is given', (options) =>
    acme({ ...options, fetch: undefined }),
  ),
  broken(
    'keeps notes in the options of a call',
    'takes the options of a call as a plain object, and leaves it as it is',
    withMembers((good) => ({
      start: (target, call) => good.start(target, Object.assign(call, { attempt: 1 })),
    })),
  ),
  broken(
    'has no receipt',
    ['gives a receipt of plain data', 'tells in its receipt what the vendor answered'],
    withMembers((good) => ({
      async start(target, call) {
        await good.start(target, call);
        // What a provider in JavaScript could return.
        return null as unknown as object;
      },
    })),
  ),
  broken(
    'starts twice, to be sure',
    [
      'makes one request for one start',
      'asks a key function once for each exchange, with the target',
    ],
    withMembers((good) => ({
      async start(target, call) {
        await good.start(target, call);
        return good.start(target, call);
      },
    })),
  ),
  broken(
    'tries again by itself',
    'makes no second attempt when the vendor is in trouble',
    withFetch(async (request, send) => {
      const again = request.clone();
      const response = await send(request);
      return response.status === 503 ? send(again) : response;
    }),
  ),
  broken(
    'starts only once for a room',
    [
      'makes a request for every start, with no memory of the last',
      'asks a key function once for each exchange, with the target',
    ],
    withMembers((good) => {
      const started = new Map<string, ReturnType<typeof good.start>>();
      return {
        async start(target, call) {
          const key = good.conversationKey(target);
          const receipt = started.get(key) ?? good.start(target, call);
          await receipt;
          started.set(key, receipt);
          return receipt;
        },
      };
    }),
  ),
  broken(
    'drops the thread on the way',
    'names its own conversation in every request',
    withMembers((good) => ({ start: ({ roomId }, call) => good.start({ roomId }, call) })),
  ),
  broken(
    'gives a receipt that is no data',
    'gives a receipt of plain data',
    withMembers((good) => ({
      async start(target, call) {
        const receipt = await good.start(target, call);
        return Object.assign(receipt, { at: new Date(0) });
      },
    })),
  ),
  broken(
    'gives an empty receipt',
    'tells in its receipt what the vendor answered',
    withMembers((good) => ({
      async start(target, call) {
        await good.start(target, call);
        return {};
      },
    })),
  ),
  broken(
    'stops twice, to be sure',
    ['makes one request for one stop', 'asks a key function for a stop, too'],
    withMembers((good) => ({
      async stop(target, call) {
        await good.stop?.(target, call);
        await good.stop?.(target, call);
      },
    })),
  ),
  broken(
    'complains when it stops what it has not started',
    ['stops what it has never started', 'asks a key function for a stop, too'],
    withMembers((good) => {
      let isStarted = false;
      return {
        async start(target, call) {
          isStarted = true;
          return good.start(target, call);
        },
        async stop(target, call) {
          await good.stop?.(target, call);
          if (!isStarted) throw new TypingError({ code: 'rejected', reason: 'nothing to stop' });
        },
      };
    }),
  ),
  broken(
    'has an empty stop',
    [
      'stops with the request that the vendor documents',
      'makes one request for one stop',
      'stops what it has never started',
      'lets a stop fail as a start does',
      'follows no redirect, which could carry the key elsewhere',
      'gives up a vendor that does not answer within timeoutMs',
      'makes no request when the call is aborted beforehand',
      "rejects with the caller's own reason when it is aborted in flight",
      'asks a key function for a stop, too',
    ],
    withMembers(() => ({ stop: async () => {} })),
  ),
];
