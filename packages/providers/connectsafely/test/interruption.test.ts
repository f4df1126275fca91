import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectSafely, type ConnectSafelyOptions } from '../src/index.ts';
import {
  accepted,
  accountId,
  answerOnce,
  apiKey,
  breakOnce,
  conversationUrn,
  headerMarker,
  onlyAnnouncedRequests,
} from './support/connectsafely-vendor.ts';
import { failureOf } from './support/failure.ts';

onlyAnnouncedRequests();

const target = { conversationUrn, accountId };
const never = <Value>(): Promise<Value> => new Promise(() => {});
const endless = (): Promise<Response> =>
  Promise.resolve(new Response(new ReadableStream<Uint8Array>()));

describe('an aborted start', () => {
  const reason = { the: "caller's own" };

  test('makes no request if it was aborted before, and rejects with the reason of the caller', async () => {
    const keyAsked = vi.fn<() => string>(() => apiKey);
    const call = connectSafely({ apiKey: keyAsked }).start(target, {
      signal: AbortSignal.abort(reason),
    });
    await expect(call).rejects.toBe(reason);
    expect(keyAsked).not.toHaveBeenCalled();
  });

  test('rejects with the reason of the caller while ConnectSafely thinks', async () => {
    const controller = new AbortController();
    const seen = answerOnce(never());
    const call = connectSafely({ apiKey }).start(target, { signal: controller.signal });
    const outcome = call.catch((error: unknown) => error);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    controller.abort(reason);
    expect(await outcome).toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  test('rejects with the reason of the caller while the body is read', async () => {
    const controller = new AbortController();
    const provider = connectSafely({ apiKey, fetch: endless });
    const call = provider.start(target, { signal: controller.signal });
    const outcome = call.catch((error: unknown) => error);
    await new Promise(setImmediate);
    controller.abort(reason);
    expect(await outcome).toBe(reason);
  });

  test('leaves no listener behind', async () => {
    const { signal } = new AbortController();
    answerOnce({ status: 200, body: accepted });
    await connectSafely({ apiKey }).start(target, { signal });
    answerOnce({ status: 200, body: { success: false } });
    await failureOf(connectSafely({ apiKey }).start(target, { signal }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('a connection that fails', () => {
  test.each(['ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND'])(
    'with %s names the host and the code, and nothing else of what was thrown',
    async (code) => {
      const text = `${apiKey} ${conversationUrn} ${headerMarker}`;
      breakOnce(Object.assign(new Error(text), { code }));
      const error = await failureOf(connectSafely({ apiKey }).start(target, {}), [accountId]);
      expect(error.message).toBe(
        `[connectsafely] the connection to api.connectsafely.ai failed: ${code}`,
      );
      expect(error).toMatchObject({ code: 'network', retryable: true, operation: 'start' });
    },
  );

  test('is not a success if it breaks in the middle of the body of a 200', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (stream) => stream.error(Object.assign(new Error(apiKey), { code: 'ECONNRESET' })),
    });
    const fetch = (): Promise<Response> => Promise.resolve(new Response(body, { status: 200 }));
    const error = await failureOf(connectSafely({ apiKey, fetch }).start(target, {}));
    expect(error).toMatchObject({ code: 'network', retryable: true });
  });
});

describe('an answer that is late', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test.each<[string, ConnectSafelyOptions]>([
    ['never comes', { apiKey, fetch: never }],
    ['has no end', { apiKey, fetch: endless }],
    ['waits for a key that never comes', { apiKey: never, fetch: never }],
  ])('fails after timeoutMs and not before, if it %s', async (_, options) => {
    const settled = vi.fn<() => void>();
    const provider = connectSafely({ ...options, timeoutMs: 1_234 });
    const failure = failureOf(provider.start(target, {}));
    void failure.finally(settled);

    await vi.advanceTimersByTimeAsync(1_233);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    const error = await failure;
    expect(error.message).toBe(
      '[connectsafely] no answer from api.connectsafely.ai within 1234 ms',
    );
    expect(error).toMatchObject({ code: 'timeout', retryable: true, operation: 'start' });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('no timer stays behind after an answer in time', async () => {
    const provider = connectSafely({
      apiKey,
      fetch: () => Promise.resolve(Response.json(accepted)),
    });
    await provider.start(target, {});
    expect(vi.getTimerCount()).toBe(0);
  });
});
