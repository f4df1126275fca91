import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SeenEvents, WebhookOptions } from '../../src/webhook/index.ts';
import { nowMs, type Ping, secret, signedPost, signedReceiver } from './signed-receiver.ts';

const timeoutMs = 5_000;
const ping = { id: 'ping-1' };
type Outcome = () => never;

/** Everything that somebody's function can do instead of what it should. */
const misdeeds: readonly (readonly [what: string, act: () => unknown])[] = [
  [
    'throws',
    () => {
      throw new Error('thrown');
    },
  ],
  [
    'throws nothing at all',
    () => {
      throw undefined;
    },
  ],
  ['rejects', () => Promise.reject(new Error('rejected'))],
  ['never settles', () => new Promise(() => {})],
  ['returns a thenable that never calls back', () => thenable(() => {})],
  [
    'returns a thenable that throws',
    () =>
      thenable(() => {
        throw new Error('thenable');
      }),
  ],
  [
    'returns something whose then cannot be read',
    () =>
      new Proxy(
        {},
        {
          has: () => true,
          get() {
            throw new Error('getter');
          },
        },
      ),
  ],
];
const garbage: readonly (readonly [what: string, act: () => unknown])[] = [
  ['returns nothing', () => undefined],
  ['returns null', () => null],
  ["returns Redis' OK", () => Promise.resolve('OK')],
  ['returns 1', () => 1],
  ['returns an object', () => ({})],
];
/** What looks like a promise. */
const thenable = (then: () => void): object => new Proxy({}, { has: () => true, get: () => then });
const settles = (act: () => unknown) => act as Outcome;

beforeEach(() => void vi.useFakeTimers({ now: nowMs }));
afterEach(() => void vi.useRealTimers());

/** The status that is answered, in time or not at all. */
async function answered(
  options: Partial<WebhookOptions<Ping>>,
  request: Request = signedPost([ping]),
): Promise<{ status: number | undefined; afterMs: number; seen: Ping[]; failures: unknown[] }> {
  const { receive, seen, failures } = signedReceiver({ timeoutMs, ...options });
  const began = performance.now();
  let status: number | undefined;
  let afterMs = Infinity;
  const answer = receive(request).then((response) => {
    status = response.status;
    afterMs = performance.now() - began;
  });
  // A second more for giving an event back.
  await vi.advanceTimersByTimeAsync(timeoutMs + 1_100);
  await Promise.race([answer, Promise.resolve()]);
  return { status, afterMs, seen, failures };
}

const soon = timeoutMs + 1_001;

describe('seenEvents.claim', () => {
  test.for([...misdeeds, ...garbage])('that %s fails the event, in time', async ([, act]) => {
    const release = vi.fn<SeenEvents['release']>();
    const { status, afterMs, seen, failures } = await answered({
      seenEvents: { claim: settles(act), release },
    });
    expect(status).toBe(500);
    expect(afterMs).toBeLessThanOrEqual(soon);
    expect(seen).toEqual([]);
    expect(failures).toHaveLength(1);
  });

  test('that is late says so, and what it took then is given back', async () => {
    const { promise: claimed, resolve } = Promise.withResolvers<boolean>();
    const release = vi.fn<SeenEvents['release']>();
    const outcome = await answered({ seenEvents: { claim: () => claimed, release } });
    expect(outcome.failures).toMatchObject([
      { code: 'timeout', provider: 'ping', reason: 'seenEvents.claim took longer than 5000 ms' },
    ]);
    expect(release).not.toHaveBeenCalled();
    resolve(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(release.mock.calls).toEqual([['ping-1']]);
  });

  test('that is garbage says what it should be, and gives the event back', async () => {
    const release = vi.fn<SeenEvents['release']>();
    const { failures } = await answered({ seenEvents: { claim: settles(() => 'OK'), release } });
    expect(failures).toMatchObject([
      {
        code: 'misconfigured',
        reason: 'seenEvents.claim must return true or false, or a promise of one',
      },
    ]);
    expect(release.mock.calls).toEqual([['ping-1']]);
  });

  test('that never settles holds up nobody else: the same event is answered, too', async () => {
    const { receive } = signedReceiver({
      timeoutMs,
      seenEvents: { claim: () => new Promise(() => {}), release: () => {} },
    });
    const answers = Promise.all([1, 2, 3].map(() => receive(signedPost([ping]))));
    await vi.advanceTimersByTimeAsync(timeoutMs);
    expect((await answers).map(({ status }) => status)).toEqual([500, 500, 500]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('onEvent', () => {
  test.for(misdeeds)('that %s fails the event, in time', async ([, act]) => {
    const { status, afterMs, failures } = await answered({ onEvent: settles(act) });
    expect(status).toBe(500);
    expect(afterMs).toBeLessThanOrEqual(soon);
    expect(failures).toHaveLength(1);
  });

  test.for(misdeeds)(
    'that %s, for an event that may be slow, is answered soon',
    async ([, act]) => {
      const { status, afterMs } = await answered({
        read: () => [{ id: 'a', event: ping, ifSlow: 'accept' }],
        onEvent: settles(act),
      });
      expect([200, 500]).toContain(status);
      expect(afterMs).toBeLessThanOrEqual(2_000);
    },
  );

  test('that fails after its event was accepted is told of, and nothing else', async () => {
    const error = new Error('late');
    const { status, failures } = await answered({
      read: () => [{ id: 'a', event: ping, ifSlow: 'accept' }],
      onEvent: () => new Promise((_, reject) => setTimeout(() => reject(error), 3_000)),
    });
    expect(status).toBe(200);
    expect(failures).toEqual([error]);
  });

  test.for([...garbage])('that %s is done', async ([, act]) => {
    expect(await answered({ onEvent: settles(act) })).toMatchObject({ status: 200, failures: [] });
  });
});

describe('seenEvents.release', () => {
  test.for(misdeeds)('that %s does not keep the answer', async ([, act]) => {
    const { status, afterMs, failures } = await answered({
      seenEvents: { claim: () => true, release: settles(act) },
      onEvent: () => Promise.reject(new Error('onEvent')),
    });
    expect(status).toBe(500);
    expect(afterMs).toBeLessThanOrEqual(1_000);
    expect(failures).toHaveLength(2);
  });
});

describe('onFailure', () => {
  test.for([...misdeeds, ...garbage])('that %s changes nothing', async ([, act]) => {
    const { status, afterMs } = await answered({
      onFailure: settles(act),
      onEvent: () => Promise.reject(new Error('onEvent')),
    });
    expect(status).toBe(500);
    expect(afterMs).toBeLessThanOrEqual(soon);
  });
});

describe('waitUntil', () => {
  test.for([...misdeeds, ...garbage])('that %s changes nothing', async ([, act]) => {
    const { status, failures } = await answered({
      read: () => [{ id: 'a', event: ping, ifSlow: 'accept' }],
      onEvent: () => new Promise(() => {}),
      waitUntil: settles(act),
    });
    expect([status, failures]).toEqual([200, []]);
  });
});

describe('now', () => {
  test.for([
    ...misdeeds,
    ...garbage.filter(([what]) => what !== 'returns 1'),
    ['returns NaN', () => NaN],
    ['returns Infinity', () => Infinity],
  ] as const)('that %s lets nothing pass', async ([, act]) => {
    const old = signedPost([ping], nowMs / 1_000 - 86_400);
    for (const request of [signedPost([ping]), old]) {
      const { status, seen, failures } = await answered({ now: settles(act) }, request);
      expect([status, seen]).toEqual([500, []]);
      expect(failures).toHaveLength(1);
    }
  });
});

describe('read', () => {
  test.for(misdeeds.slice(0, 2))('that %s is a failure of the program', async ([, act]) => {
    const { status, failures } = await answered({ read: settles(act) });
    expect(status).toBe(500);
    expect(failures).toHaveLength(1);
  });

  test.for([...misdeeds.slice(2), ...garbage])('that %s is never a yes', async ([, act]) => {
    const { status, seen } = await answered({ read: settles(act) });
    expect([400, 500]).toContain(status);
    expect(seen).toEqual([]);
  });
});

describe('a signature scheme', () => {
  const scheme = { appliesTo: () => true, read: () => ({ matches: () => true }) };

  test.for([...misdeeds, ...garbage])('whose matches %s lets nothing pass', async ([, act]) => {
    const { status, afterMs, seen } = await answered({
      signature: { ...scheme, read: () => ({ matches: settles(act) }) },
    });
    expect([401, 500]).toContain(status);
    expect(afterMs).toBeLessThanOrEqual(soon);
    expect(seen).toEqual([]);
  });

  test.for(misdeeds)('whose read %s lets nothing pass', async ([, act]) => {
    const { status, seen } = await answered({ signature: { ...scheme, read: settles(act) } });
    expect([401, 500]).toContain(status);
    expect(seen).toEqual([]);
  });

  test('with a timestamp that is not a number lets nothing pass', async () => {
    const read = () => ({ timestampSeconds: NaN, matches: () => true });
    expect(await answered({ signature: { ...scheme, read } })).toMatchObject({ status: 401 });
  });
});

describe('onGet', () => {
  const get = (): Request => new Request('https://bot.example/ping?hub.challenge=7');

  test.for(misdeeds)('that %s is answered, in time', async ([, act]) => {
    const { status, afterMs } = await answered({ onGet: settles(act) }, get());
    expect([403, 500]).toContain(status);
    expect(afterMs).toBeLessThanOrEqual(soon);
  });

  test('answers a handshake', async () => {
    const { receive } = signedReceiver({
      onGet: (url) => new Response(url.searchParams.get('hub.challenge')),
    });
    expect(await (await receive(get())).text()).toBe('7');
  });

  test('that has no answer refuses', async () => {
    const { receive } = signedReceiver({ onGet: () => undefined });
    expect((await receive(get())).status).toBe(403);
  });
});

describe('a body that never ends', () => {
  test('is answered with 408, in time', async () => {
    const cancel = vi.fn<() => void>();
    const body = new ReadableStream({ cancel });
    const { headers } = signedPost([ping]);
    const init = { method: 'POST', headers, body, duplex: 'half' } as const;
    const outcome = await answered({}, new Request('https://bot.example/ping', init));
    expect(outcome).toMatchObject({ status: 408, failures: [] });
    expect(outcome.afterMs).toBeLessThanOrEqual(soon);
    expect(cancel).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('nothing of all that quotes the secret', async () => {
  const print = vi.spyOn(console, 'error').mockReturnValue();
  await answered({ onFailure: undefined, onEvent: () => new Promise(() => {}) });
  expect(print).toHaveBeenCalledTimes(1);
  expect(String(print.mock.calls[0]?.[0])).not.toContain(secret);
  print.mockRestore();
});

test('a body whose json is called without the body is a failure, not an event that is lost', async () => {
  const { receive, seen, failures } = signedReceiver({
    // As somebody writes it who does not know that it is a method.
    read({ json }) {
      return [{ id: 'ping-1', event: json() as Ping }];
    },
  });
  expect((await receive(signedPost([ping]))).status).toBe(500);
  expect(failures).toEqual([expect.any(TypeError)]);
  expect(seen).toEqual([]);
});
