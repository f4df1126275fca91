import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { linq } from '../src/index.ts';
import { failureOf } from './support/failure.ts';
import {
  answerOnce,
  apiKey,
  breakOnce,
  chatId,
  envelope,
  headerMarker,
  onlyAnnouncedRequests,
} from './support/linq-vendor.ts';

onlyAnnouncedRequests();

const target = { chatId };
const never = <Value>(): Promise<Value> => new Promise(() => {});

describe('an aborted call', () => {
  const reason = { the: "caller's own" };

  test('makes no request if it was aborted before, and rejects with the reason of the caller', async () => {
    const keyAsked = vi.fn<() => string>(() => apiKey);
    const provider = linq({ apiKey: keyAsked });
    const signal = AbortSignal.abort(reason);
    await expect(provider.start(target, { signal })).rejects.toBe(reason);
    await expect(provider.stop?.(target, { signal })).rejects.toBe(reason);
    expect(keyAsked).not.toHaveBeenCalled();
  });

  test('rejects with the reason of the caller while Linq thinks', async () => {
    const controller = new AbortController();
    const seen = answerOnce(never());
    const call = linq({ apiKey }).start(target, { signal: controller.signal });
    const outcome = call.catch((error: unknown) => error);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    controller.abort(reason);
    expect(await outcome).toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  test('rejects with the reason of the caller while the body is read', async () => {
    const controller = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => stream.enqueue(new Uint8Array([123])),
    });
    const fetch = (): Promise<Response> => Promise.resolve(new Response(body, { status: 500 }));
    const call = linq({ apiKey, fetch }).start(target, { signal: controller.signal });
    const outcome = call.catch((error: unknown) => error);
    await new Promise(setImmediate);
    controller.abort(reason);
    expect(await outcome).toBe(reason);
  });

  test('makes no request if it was aborted while the key was fetched', async () => {
    const controller = new AbortController();
    // One that does not look at its signal: the request would be made.
    const fetch = vi.fn<() => Promise<Response>>(() =>
      Promise.resolve(new Response(null, { status: 204 })),
    );
    const provider = linq({
      apiKey: () => {
        controller.abort(reason);
        return Promise.resolve(apiKey);
      },
      fetch,
    });
    await expect(provider.start(target, { signal: controller.signal })).rejects.toBe(reason);
    await new Promise(setImmediate);
    expect(fetch).not.toHaveBeenCalled();
  });

  test('rejects with an AbortError where the caller gave no reason', async () => {
    const call = linq({ apiKey }).start(target, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('leaves no listener behind after a success and after a failure', async () => {
    const { signal } = new AbortController();
    const provider = linq({ apiKey });
    answerOnce({ status: 204 });
    await provider.start(target, { signal });
    answerOnce({ status: 404, body: envelope(404, 2001) });
    await failureOf(provider.start(target, { signal }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('a connection that fails', () => {
  test.each(['ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED'])(
    'with %s names the host and the code, and nothing else of what was thrown',
    async (code) => {
      breakOnce(Object.assign(new Error(`${apiKey} ${chatId} ${headerMarker}`), { code }));
      const error = await failureOf(linq({ apiKey }).start(target, {}));
      expect(error.message).toBe(`[linq] the connection to api.linqapp.com failed: ${code}`);
      expect(error).toMatchObject({ code: 'network', retryable: true, operation: 'start' });
      expect(error.status).toBeUndefined();
    },
  );

  test('keeps the operation of a stop', async () => {
    breakOnce(new Error(apiKey), 'DELETE');
    const error = await failureOf(Promise.resolve(linq({ apiKey }).stop?.(target, {})));
    expect(error).toMatchObject({ code: 'network', operation: 'stop' });
  });

  test('keeps its status if it breaks in the middle of the body of a failure', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (stream) => stream.error(new Error(`${apiKey} ${chatId}`)),
    });
    const fetch = (): Promise<Response> => Promise.resolve(new Response(body, { status: 403 }));
    const error = await failureOf(linq({ apiKey, fetch }).start(target, {}));
    expect(error).toMatchObject({ code: 'forbidden', status: 403 });
  });

  test('keeps the request of a fetch that throws it to itself', async () => {
    const provider = linq({
      apiKey,
      fetch: (request) =>
        Promise.reject(Object.assign(new TypeError(apiKey, { cause: request }), { request })),
    });
    const error = await failureOf(provider.start(target, {}));
    expect(error.message).toBe('[linq] the connection to api.linqapp.com failed');
  });
});

describe('an answer that is late', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  const hanging = new ReadableStream<Uint8Array>();
  test.each<[string, Parameters<typeof linq>[0]]>([
    ['never comes', { apiKey, fetch: never }],
    [
      'has no end',
      { apiKey, fetch: () => Promise.resolve(new Response(hanging, { status: 200 })) },
    ],
    ['waits for a key that never comes', { apiKey: never, fetch: never }],
  ])('fails after timeoutMs and not before, if it %s', async (_, options) => {
    const settled = vi.fn<() => void>();
    const failure = failureOf(linq({ ...options, timeoutMs: 1_234 }).start(target, {}));
    void failure.finally(settled);

    await vi.advanceTimersByTimeAsync(1_233);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    const error = await failure;
    expect(error.message).toBe('[linq] no answer from api.linqapp.com within 1234 ms');
    expect(error).toMatchObject({ code: 'timeout', retryable: true, operation: 'start' });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('fails after 5 s by default', async () => {
    const failure = failureOf(linq({ apiKey, fetch: never }).start(target, {}));
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await failure).message).toContain('within 5000 ms');
  });

  test.each([204, 503])('no timer stays behind after a %i that was in time', async (status) => {
    const fetch = (): Promise<Response> => Promise.resolve(new Response(null, { status }));
    await Promise.allSettled([linq({ apiKey, fetch }).start(target, {})]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
