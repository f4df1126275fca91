import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serveHttp } from './loopback.ts';
import { ask, failure } from './vendor.ts';

// It never settles, as a fetch that ignores its signal.
const hangingFetch = (): Promise<Response> => new Promise(() => {});

describe('timeoutMs', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('covers headers that never come, and gives up the connection', async () => {
    const asked = Promise.withResolvers<void>();
    const server = await serveHttp(() => asked.resolve());
    const { host } = new URL(server.origin);
    const failed = failure(ask({ baseUrl: server.origin, timeoutMs: 700 }));
    await asked.promise;
    vi.advanceTimersByTime(700);
    const error = await failed;
    expect(error).toMatchObject({ code: 'timeout', provider: 'vendor', operation: 'start' });
    expect(error.message).toBe(`[vendor] no answer from ${host} within 700 ms`);
    await server.connectionClosed;
  });

  test.for([200, 500])(
    'covers a body with status %d that drips without end, and gives up the connection',
    async (status) => {
      const dripping = Promise.withResolvers<void>();
      const server = await serveHttp((_, response) => {
        response.writeHead(status);
        let drops = 0;
        const drip = setInterval(() => {
          response.write(' ');
          drops += 1;
          if (drops === 5) dripping.resolve();
        }, 1);
        response.on('close', () => clearInterval(drip));
      });
      const failed = failure(ask({ baseUrl: server.origin }));
      await dripping.promise;
      vi.advanceTimersByTime(5_000);
      expect((await failed).code).toBe('timeout');
      await server.connectionClosed;
    },
  );

  test('covers a fetch that ignores its signal, and no less than its time', async () => {
    let isAborted = false;
    const failed = failure(ask({ fetch: hangingFetch })).finally(() => {
      isAborted = true;
    });
    vi.advanceTimersByTime(4_999);
    await nextTurn();
    expect(isAborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect((await failed).code).toBe('timeout');
  });

  test('covers a body of a fetch that ignores its signal, and lets go of that body', async () => {
    const reading = Promise.withResolvers<void>();
    const cancelled = Promise.withResolvers<void>();
    const body = new ReadableStream(
      { pull: () => reading.resolve(), cancel: () => cancelled.resolve() },
      // Nothing is pulled before somebody reads.
      { highWaterMark: 0 },
    );
    const failed = failure(ask({ fetch: async () => new Response(body) }));
    await reading.promise;
    vi.advanceTimersByTime(5_000);
    expect((await failed).code).toBe('timeout');
    await cancelled.promise;
  });

  test('lets go of a body that comes too late', async () => {
    const cancelled = Promise.withResolvers<void>();
    const body = new ReadableStream({ cancel: () => cancelled.resolve() });
    const asked = Promise.withResolvers<void>();
    const late = Promise.withResolvers<Response>();
    const fetch = (): Promise<Response> => {
      asked.resolve();
      return late.promise;
    };
    const failed = failure(ask({ fetch }));
    await asked.promise;
    vi.advanceTimersByTime(5_000);
    expect((await failed).code).toBe('timeout');
    late.resolve(new Response(body));
    await cancelled.promise;
  });

  test('covers a key function that hangs, and nothing is sent when it answers late', async () => {
    const key = Promise.withResolvers<string>();
    let requests = 0;
    const fetch = async (): Promise<Response> => {
      requests += 1;
      return new Response('{}');
    };
    const failed = failure(ask({ apiKey: () => key.promise, fetch }));
    vi.advanceTimersByTime(5_000);
    expect((await failed).code).toBe('timeout');
    key.resolve('sk_late');
    await nextTurn();
    expect(requests).toBe(0);
  });
});

// What a caller may abort with: anything.
const reasons: readonly (readonly [name: string, reason: unknown])[] = [
  ['an error of its own', new RangeError('enough')],
  ['a string', 'enough'],
  ['null', null],
  ['zero', 0],
  ['an object', { enough: true }],
];

describe('a call that is aborted', () => {
  test.for(reasons)('before it begins rejects with %s and asks nobody', async ([, reason]) => {
    let requests = 0;
    const fetch = async (): Promise<Response> => {
      requests += 1;
      return new Response('{}');
    };
    const apiKey = (): string => {
      requests += 1;
      return 'sk_1';
    };
    const signal = AbortSignal.abort(reason);
    await expect(rejection(ask({ apiKey, fetch }, {}, { signal }))).resolves.toBe(reason);
    expect(requests).toBe(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test.for(reasons)('under way rejects with %s and gives up the connection', async ([, reason]) => {
    const controller = new AbortController();
    const server = await serveHttp(() => controller.abort(reason));
    const asked = ask({ baseUrl: server.origin }, {}, { signal: controller.signal });
    await expect(rejection(asked)).resolves.toBe(reason);
    await server.connectionClosed;
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('without a reason rejects with the one that the platform gives it', async () => {
    const controller = new AbortController();
    const asked = ask({ fetch: hangingFetch }, {}, { signal: controller.signal });
    controller.abort();
    await expect(rejection(asked)).resolves.toBe(controller.signal.reason);
  });

  test.for([200, 500])('within a body with status %d rejects with its reason', async (status) => {
    const controller = new AbortController();
    const reached = Promise.withResolvers<void>();
    const server = await serveHttp((_, response) => {
      response.writeHead(status).write('{', () => reached.resolve());
    });
    const asked = ask({ baseUrl: server.origin }, {}, { signal: controller.signal });
    await reached.promise;
    controller.abort('enough');
    await expect(rejection(asked)).resolves.toBe('enough');
    await server.connectionClosed;
  });

  test('while the key is awaited rejects with its reason', async () => {
    const controller = new AbortController();
    const apiKey = (): Promise<string> => {
      controller.abort('enough');
      return new Promise(() => {});
    };
    const asked = ask({ apiKey }, {}, { signal: controller.signal });
    await expect(rejection(asked)).resolves.toBe('enough');
  });
});

test('a call that settled leaves no listener on the caller’s signal and no timer', async () => {
  const { signal } = new AbortController();
  const timersBefore = pendingTimers();
  await ask({ fetch: async () => new Response('{}') }, {}, { signal });
  await failure(ask({ fetch: async () => new Response('', { status: 500 }) }, {}, { signal }));
  await failure(ask({ fetch: () => Promise.reject(new Error('broken')) }, {}, { signal }));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(pendingTimers()).toBe(timersBefore);
});

function pendingTimers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}

function rejection(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => expect.unreachable(),
    (reason: unknown) => reason,
  );
}
