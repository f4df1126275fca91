import {
  type CallOptions,
  type Diagnosis,
  TypingError,
  type TypingProvider,
} from '@typingkit/core';
import type { FetchFunction } from '@typingkit/core/http';
import { acme, type AcmeTarget } from '../acme.ts';
import {
  type AcmeOptions,
  broken,
  type BrokenProvider,
  rewritten,
  sender,
  withFetch,
} from './broken-provider.ts';

export const brokenConnections: readonly BrokenProvider[] = [
  broken(
    'takes a vendor that is not there for one in trouble',
    'takes a vendor that is not there for network',
    withFetch((request, send) => inTrouble(send(request), (code) => code === 'ECONNREFUSED')),
  ),
  broken(
    'takes a reset for an answer',
    'takes a connection that is reset before the answer for network',
    withFetch((request, send) => inTrouble(send(request), (code) => code !== 'ECONNREFUSED')),
  ),
  broken(
    'takes what came for the whole',
    'takes a connection that breaks in the middle of a success for network',
    withFetch(async (request, send) => {
      const response = await send(request);
      return response.status === 200 ? ended(response, request.signal) : response;
    }),
  ),
  broken(
    'takes silence for a broken connection',
    [
      'gives up a vendor that does not answer within timeoutMs',
      'gives up a key function that hangs within timeoutMs',
    ],
    watched((error, { isAnswered }) => (isAnswered ? error : otherCode(error))),
  ),
  broken(
    'takes half an answer for a broken connection',
    'gives up a vendor that does not finish its answer within timeoutMs',
    watched((error, { isAnswered }) => (isAnswered ? otherCode(error) : error)),
  ),
  broken(
    'never gives up',
    [
      'gives up a vendor that does not answer within timeoutMs',
      'gives up a vendor that does not finish its answer within timeoutMs',
      'lets go of the connection when it gives up',
      'keeps key and recipients out of the error of a connection that fails',
      'gives up a key function that hangs within timeoutMs',
    ],
    (options) => acme({ ...options, timeoutMs: 60_000 }),
  ),
  broken(
    'keeps the connection when it gives up',
    'lets go of the connection when it gives up',
    (options) => {
      let callersSignal: AbortSignal | undefined;
      return observed(options, {
        before: (call) => {
          callersSignal = call.signal;
        },
        signalOf: () => AbortSignal.any(callersSignal ? [callersSignal] : []),
      });
    },
  ),
  broken(
    'keeps the connection when it is aborted',
    'tears the connection down when it is aborted in flight',
    (options) =>
      observed(options, { signalOf: () => AbortSignal.timeout(options.timeoutMs ?? 5_000) }),
  ),
  broken(
    'looks at the signal when it is too late',
    'makes no request when the call is aborted beforehand',
    (options) => {
      const good = acme(options);
      return {
        ...good,
        async start(target, call) {
          const receipt = await good.start(target, call.signal?.aborted ? {} : call);
          call.signal?.throwIfAborted();
          return receipt;
        },
      };
    },
  ),
  broken(
    'has a reason of its own for an abort in flight',
    [
      "rejects with the caller's own reason when it is aborted in flight",
      "rejects with the caller's own reason when it is aborted while a key function hangs",
    ],
    watched((error, { isAnswered, isAborted }) =>
      isAborted && !isAnswered ? new Error('aborted') : error,
    ),
  ),
  broken(
    'has a reason of its own for an abort in an answer',
    "rejects with the caller's own reason when it is aborted in the middle of an answer",
    watched((error, { isAnswered, isAborted }) =>
      isAborted && isAnswered ? new Error('aborted') : error,
    ),
  ),
  broken(
    'ignores the signal',
    [
      'makes no request when the call is aborted beforehand',
      "rejects with the caller's own reason when it is aborted in flight",
      "rejects with the caller's own reason when it is aborted in the middle of an answer",
      'tears the connection down when it is aborted in flight',
      'leaves no rejection without a handler',
      "rejects with the caller's own reason when it is aborted while a key function hangs",
    ],
    (options) => {
      const good = acme(options);
      return {
        ...good,
        start: (target) => good.start(target, {}),
        stop: async (target) => good.stop?.(target, {}),
      };
    },
  ),
];

interface Hooks {
  readonly before?: (call: CallOptions) => void;
  readonly signalOf?: () => AbortSignal;
  readonly answered?: () => void;
  readonly failed?: (error: unknown, call: CallOptions) => unknown;
}

/** `acme` with somebody who looks on at every step. */
function observed(options: AcmeOptions, hooks: Hooks): TypingProvider<AcmeTarget> {
  const send = sender(options);
  const fetch: FetchFunction = async (request) => {
    const signal = hooks.signalOf?.() ?? request.signal;
    const response = await send(new Request(request, { signal }));
    hooks.answered?.();
    return response;
  };
  const good = acme({ ...options, fetch });
  const around = async <T>(call: CallOptions, run: () => Promise<T>): Promise<T> => {
    call.signal?.throwIfAborted();
    hooks.before?.(call);
    try {
      return await run();
    } catch (error) {
      throw hooks.failed?.(error, call) ?? error;
    }
  };
  return {
    ...good,
    start: (target, call) => around(call, () => good.start(target, call)),
    stop: (target, call) => around(call, async () => good.stop?.(target, call)),
    // `acme` has one of these, too.
    diagnose: (target, call) =>
      around(call, async () => good.diagnose?.(target, call) as Promise<Diagnosis>),
  };
}

/** Other errors, depending on how far the exchange had come. */
function watched(
  change: (error: unknown, at: { isAnswered: boolean; isAborted: boolean }) => unknown,
): BrokenProvider['create'] {
  return (options) => {
    let isAnswered = false;
    return observed(options, {
      before: () => {
        isAnswered = false;
      },
      answered: () => {
        isAnswered = true;
      },
      failed: (error, { signal }) =>
        change(error, { isAnswered, isAborted: signal?.aborted ?? false }),
    });
  };
}

function otherCode(error: unknown): unknown {
  const isLate = TypingError.isInstance(error) && error.code === 'timeout';
  return isLate ? rewritten(error, { code: 'network' }) : error;
}

async function inTrouble(
  response: Promise<Response>,
  isMeant: (code: unknown) => boolean,
): Promise<Response> {
  try {
    return await response;
  } catch (error) {
    // What `fetch` throws for a connection is a TypeError; an abort is something else.
    const isConnection = error instanceof TypeError;
    if (isConnection && isMeant(Object(error.cause).code)) return new Response('', { status: 503 });
    throw error;
  }
}

/** The response with an end where it breaks off. */
function ended(response: Response, signal: AbortSignal): Response {
  const reader = response.body?.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value } = (await reader?.read()) ?? {};
        if (value) controller.enqueue(value);
        else controller.close();
      } catch (error) {
        if (signal.aborted) throw error;
        controller.close();
      }
    },
    cancel: (reason) => reader?.cancel(reason),
  });
  return new Response(body, { status: response.status, headers: response.headers });
}
