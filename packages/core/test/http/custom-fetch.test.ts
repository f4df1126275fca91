import { describe, expect, test } from 'vitest';
import { TypingError } from '../../src/contract/typing-error.ts';
import type { FetchFunction } from '../../src/http/vendor-options.ts';
import { ask, chatId, failure, key, origin } from './vendor.ts';

describe('a custom fetch', () => {
  test('gets one request with everything in it', async () => {
    const requests: Request[] = [];
    const fetch: FetchFunction = async (request) => {
      requests.push(request);
      return new Response('{}');
    };
    await ask({ fetch }, { json: { a: 1 } });
    expect(requests).toHaveLength(1);
    const [request] = requests;
    expect(request?.url).toBe(`${origin}/typing`);
    expect(request?.method).toBe('POST');
    expect(request?.headers.get('authorization')).toBe(`Bearer ${key}`);
    expect(request?.headers.get('content-type')).toBe('application/json');
    await expect(request?.json()).resolves.toEqual({ a: 1 });
  });

  test.for<[name: string, thrown: () => unknown]>([
    ['a string', () => `Bearer ${key}`],
    ['an object', () => ({ request: { headers: { authorization: key } }, chatId })],
    ['an error that says it', () => new Error(`Bearer ${key} to ${chatId}`)],
    ['an error whose cause says it', () => new Error('x', { cause: { authorization: key } })],
    ['an error with the request', () => Object.assign(new Error('x'), { config: { key } })],
    ['an error whose code is the key', () => Object.assign(new Error('x'), { code: key })],
    ['many errors', () => new AggregateError([new Error(key)], key)],
    ['an error that calls itself ky’s', () => Object.assign(new Error(key), { name: 'HTTPError' })],
    ['nothing', () => undefined],
  ])('that throws %s with secrets in it reveals none of them', async ([, thrown]) => {
    const rejecting = await failure(ask({ fetch: () => Promise.reject(thrown()) }));
    const throwing = await failure(
      ask({
        fetch: () => {
          throw thrown();
        },
      }),
    );
    for (const error of [rejecting, throwing]) {
      expect(error).toBeInstanceOf(TypingError);
      expect(error.code).toBe('network');
      expect(error.message).toBe('[vendor] the connection to vendor.example failed');
      expect(error.cause).toBeUndefined();
    }
  });

  test('whose error code happens to be the key does not reveal it', async () => {
    const upper = 'SKLIVE4F9A';
    const broken = Object.assign(new Error('x'), { code: upper });
    const error = await failure(ask({ apiKey: upper, fetch: () => Promise.reject(broken) }));
    expect(error.message).not.toContain(upper);
  });

  test('that throws what looks like a TypingError is not believed', async () => {
    const forged = Object.assign(new Error(key), { isTypingError: true, request: { key } });
    const error = await failure(ask({ fetch: () => Promise.reject(forged) }));
    expect(error).toMatchObject({ code: 'network', provider: 'vendor' });
  });

  test.for<[name: string, value: unknown]>([
    ['nothing', undefined],
    ['a string', key],
    ['an object', { key }],
  ])('that returns %s instead of a response is a network error', async ([, value]) => {
    // A custom fetch is somebody else's JavaScript: its type is only a wish.
    const fetch = (async () => value) as FetchFunction;
    const error = await failure(ask({ fetch }));
    expect(error.code).toBe('network');
  });

  test('whose body throws secrets reveals none of them', async () => {
    const body = new ReadableStream({
      pull: () => Promise.reject(new Error(`Bearer ${key}`)),
    });
    expect((await failure(ask({ fetch: async () => new Response(body) }))).code).toBe('network');
  });
});
