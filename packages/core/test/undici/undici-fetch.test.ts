import { getEventListeners } from 'node:events';
import { createSecureServer } from 'node:http2';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { Agent, MockAgent } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { largestBodyBytes } from '../../src/http/read-body.ts';
import type { FetchFunction, VendorOptions } from '../../src/http/vendor-options.ts';
import type { VendorRequest } from '../../src/http/vendor-client.ts';
import { type UndiciFetch, undiciFetch } from '../../src/undici/index.ts';
import { type Loopback, serveBytes, serveHttp } from '../http/loopback.ts';
import { ask as askThrough, failure, key } from '../http/vendor.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';

/** A transport for the length of one test. */
function open(...options: Parameters<typeof undiciFetch>): UndiciFetch {
  const fetch = undiciFetch(...options);
  onTestFinished(() => fetch.close());
  return fetch;
}

function ask(
  { origin }: Pick<Loopback, 'origin'>,
  request: Partial<VendorRequest> = {},
  signal?: AbortSignal,
  options: Partial<VendorOptions> = {},
): ReturnType<typeof askThrough> {
  const fetch = options.fetch ?? open();
  return askThrough({ baseUrl: origin, ...options, fetch }, request, { ...(signal && { signal }) });
}

describe('an exchange over undici', () => {
  test('is one request with everything in it', async () => {
    const requests: unknown[] = [];
    const server = await serveHttp((request, response) => {
      const { method, url, headers } = request;
      const { authorization, 'content-type': type, 'content-length': length } = headers;
      void text(request).then((body) => {
        requests.push({ method, url, authorization, type, length, body });
        response.end('{"ok":true}');
      });
    });
    const answer = await ask(server, { json: { conversation: 'urn:li:(…)' } });
    expect(answer.body).toEqual({ ok: true });
    expect(requests).toEqual([
      {
        method: 'POST',
        url: '/typing',
        authorization: `Bearer ${key}`,
        type: 'application/json',
        length: '31',
        body: '{"conversation":"urn:li:(…)"}',
      },
    ]);
  });

  test('without JSON has no body and no content-type, and asks for no compression', async () => {
    const server = await serveHttp(({ headers }, response) => {
      response.end(JSON.stringify(headers));
    });
    const { body } = await ask(server);
    expect(body).toMatchObject({ 'content-length': '0', 'accept-encoding': 'identity' });
    expect(body).not.toHaveProperty('content-type');
  });

  test('gives the headers of its answer, those that came twice as one', async () => {
    const server = await serveHttp((_, response) => {
      response.setHeader('X-Trace-ID', 'abc').setHeader('x-more', ['one', 'two']).end();
    });
    const answer = await ask(server);
    expect(answer.header('x-trace-id')).toBe('abc');
    expect(answer.header('X-Trace-ID')).toBe('abc');
    expect(answer.header('x-more')).toBe('one, two');
    expect(answer.header('x-none')).toBeUndefined();
  });

  test('takes no early hint for the answer', async () => {
    const server = await serveHttp((_, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () =>
        response.end('{"a":1}'),
      );
    });
    await expect(ask(server)).resolves.toMatchObject({ status: 200, body: { a: 1 } });
  });

  test.for([301, 302, 307, 308])('follows no redirect (%d)', async (status) => {
    let asked = 0;
    const elsewhere = await serveHttp((_, response) => {
      asked += 1;
      response.end();
    });
    const server = await serveHttp((_, response) => {
      response.writeHead(status, { location: `${elsewhere.origin}/taken` }).end();
    });
    expect(await failure(ask(server))).toMatchObject({ code: 'bad-response', status });
    expect(asked).toBe(0);
  });

  test('keeps its connections for many calls, and makes no more than it may', async () => {
    const sockets = new Set<Socket>();
    const server = await serveHttp(({ socket }, response) => {
      sockets.add(socket);
      response.end();
    });
    const fetch = open({ connections: 3 });
    for (let call = 0; call < 9; call += 1) await ask(server, {}, undefined, { fetch });
    // An answer is there a moment before its connection is free again.
    expect(sockets.size).toBeLessThanOrEqual(2);
    const calls = Array.from({ length: 20 }, () => ask(server, {}, undefined, { fetch }));
    await Promise.all(calls);
    expect(sockets.size).toBe(3);
  });
});

describe('over HTTP/2', () => {
  test('many calls share one connection', async () => {
    const { key: privateKey, cert } = selfSignedCertificate();
    const versions = new Set<string>();
    let sockets = 0;
    const server = createSecureServer({ key: privateKey, cert }, (request, response) => {
      versions.add(request.httpVersion);
      response.end('{"a":1}');
    }).on('connection', () => {
      sockets += 1;
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const fetch = undiciFetch({ connect: { ca: cert } });
    const origin = `https://127.0.0.1:${port}`;
    const calls = Array.from({ length: 50 }, () => ask({ origin }, {}, undefined, { fetch }));
    const answers = await Promise.all(calls);
    await fetch.close();
    await new Promise((resolve) => void server.close(resolve));
    expect(answers.map(({ body }) => body)).toEqual(answers.map(() => ({ a: 1 })));
    expect([...versions]).toEqual(['2.0']);
    expect(sockets).toBe(1);
  });
});

describe('a hostile vendor over undici', () => {
  test('whose body is as large as it may be is read', async () => {
    const json = JSON.stringify('é'.repeat((largestBodyBytes - 2) / 2));
    const server = await serveHttp((_, response) => response.end(json));
    expect((await ask(server)).body).toHaveLength((largestBodyBytes - 2) / 2);
  });

  test('whose body is one byte larger is not', async () => {
    const json = JSON.stringify('x'.repeat(largestBodyBytes - 1));
    const server = await serveHttp((_, response) => response.end(json));
    await expect(ask(server)).resolves.toMatchObject({ body: undefined });
  });

  test.for([200, 403])(
    'whose body (%d) never ends is cut, and its connection closed',
    async (status) => {
      const server = await serveHttp((_, response) => {
        response.writeHead(status);
        const chunk = 'x'.repeat(16 * 1024);
        const more = (): void => {
          if (!response.destroyed) response.write(chunk, more);
        };
        more();
      });
      const outcome = await ask(server).catch((error: unknown) => error);
      expect(outcome).toMatchObject({ status });
      await server.connectionClosed;
    },
  );

  test.for<[bytes: string, expected: object]>([
    ['HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"ok":', { code: 'network' }],
    [
      'HTTP/1.1 401 No\r\ncontent-length: 50\r\n\r\n{"ok":',
      { code: 'unauthenticated', status: 401 },
    ],
    ['HTTP/1.1 600 What\r\ncontent-length: 0\r\n\r\n', { code: 'bad-response', status: 600 }],
    ['SSH-2.0\r\n', { code: 'network' }],
    ['HTTP/1.1 103 Early Hints\r\n\r\n', { code: 'network' }],
    ['', { code: 'network', reason: expect.stringMatching(/ failed: UND_ERR_SOCKET$/) }],
  ])('that says %j and hangs up is what it is', async ([bytes, expected]) => {
    const server = await serveBytes((socket) => socket.once('data', () => socket.end(bytes)));
    expect(await failure(ask(server))).toMatchObject(expected);
  });

  test('that resets the connection is a network error with the code of the system', async () => {
    const server = await serveBytes((socket) =>
      socket.once('data', () => socket.resetAndDestroy()),
    );
    expect((await failure(ask(server))).reason).toMatch(/ failed: ECONNRESET$/);
  });

  test('that is not there is one, too', async () => {
    const server = await serveBytes(() => {});
    await server.close();
    expect((await failure(ask(server))).reason).toMatch(/ failed: ECONNREFUSED$/);
  });

  test('that never answers is given up within timeoutMs, and so is its connection', async () => {
    const server = await serveHttp(() => {});
    const error = await failure(ask(server, {}, undefined, { timeoutMs: 30 }));
    expect(error.code).toBe('timeout');
    await server.connectionClosed;
  });
});

describe('an exchange over undici that is aborted', () => {
  test('under way rejects with the reason of the caller and gives up the connection', async () => {
    const controller = new AbortController();
    const server = await serveHttp(() => controller.abort('enough'));
    await expect(ask(server, {}, controller.signal)).rejects.toBe('enough');
    await server.connectionClosed;
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('within the body rejects with it, too', async () => {
    const controller = new AbortController();
    const server = await serveHttp((_, response) => {
      response.writeHead(500).write('{', () => setImmediate(() => controller.abort('enough')));
    });
    await expect(ask(server, {}, controller.signal)).rejects.toBe('enough');
    await server.connectionClosed;
  });

  test('while the key is awaited makes no connection', async () => {
    let connections = 0;
    const server = await serveBytes(() => {
      connections += 1;
    });
    const controller = new AbortController();
    const apiKey = async (): Promise<string> => {
      controller.abort('enough');
      return key;
    };
    await expect(ask(server, {}, controller.signal, { apiKey })).rejects.toBe('enough');
    const others = serveHttp((_, response) => response.end());
    await ask(await others);
    expect(connections).toBe(0);
  });

  test('while it waits for a connection is never sent', async () => {
    const urls: unknown[] = [];
    const controller = new AbortController();
    const answered = Promise.withResolvers<void>();
    const server = await serveHttp(({ url }, response) => {
      urls.push(url);
      void answered.promise.then(() => response.end());
    });
    const fetch = open({ connections: 1 });
    const first = ask(server, { path: '/first' }, undefined, { fetch });
    const second = ask(server, { path: '/second' }, controller.signal, { fetch });
    controller.abort('enough');
    await expect(second).rejects.toBe('enough');
    answered.resolve();
    await first;
    await ask(server, { path: '/third' }, undefined, { fetch });
    expect(urls).toEqual(['/first', '/third']);
  });
});

describe('undiciFetch, called as a fetch', () => {
  test('takes a Request and gives a Response', async () => {
    const server = await serveHttp((request, response) => {
      response.writeHead(201, {
        'x-seen': `${request.method} ${request.url}`,
        'x-more': ['1', '2'],
      });
      request.pipe(response);
    });
    const request = new Request(`${server.origin}/a?b=1`, { method: 'PUT', body: 'hello' });
    const response = await open()(request);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-seen')).toBe('PUT /a?b=1');
    expect(response.headers.get('x-more')).toBe('1, 2');
    await expect(response.text()).resolves.toBe('hello');
  });

  test.for([204, 302, 304])('gives a %d without a body', async (status) => {
    const server = await serveHttp((_, response) => response.writeHead(status).end());
    const response = await open()(new Request(server.origin));
    expect(response).toMatchObject({ status, body: null });
  });

  test('fails to read a body that breaks off or is too large', async () => {
    const broken = await serveBytes((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"ok":'));
    });
    const large = await serveHttp((_, response) => response.end('x'.repeat(largestBodyBytes + 1)));
    for (const { origin } of [broken, large]) {
      const response = await open()(new Request(origin));
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow();
    }
  });

  test('leaves no timer behind', async () => {
    const server = await serveHttp((_, response) => response.end());
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    await open()(new Request(server.origin));
    expect(timers()).toBeLessThanOrEqual(before);
  });

  test('rejects with the reason of its signal, and leaves no listener on it', async () => {
    const controller = new AbortController();
    const server = await serveHttp(() => controller.abort('enough'));
    const { signal } = controller;
    await expect(open()(new Request(server.origin), { signal })).rejects.toBe('enough');
    await server.connectionClosed;
    const gone = new Request(server.origin, { signal: AbortSignal.abort('gone') });
    await expect(open()(gone)).rejects.toBe('gone');
  });
});

const json = '{"words":"naïve 🙂"}';
const encodings: readonly (readonly [encoding: string, body: Buffer])[] = [
  ['identity', Buffer.from(json)],
  ['gzip', gzipSync(json)],
  ['GZIP', gzipSync(json)],
  ['x-gzip', gzipSync(json)],
  ['deflate', deflateSync(json)],
  ['deflate', deflateRawSync(json)],
  ['br', brotliCompressSync(json)],
  ['gzip, br', brotliCompressSync(gzipSync(json))],
];

/** Over the runtime's fetch, over undici, and over undici as a `fetch` for somebody else. */
const wires: readonly (readonly [name: string, make: () => FetchFunction | undefined])[] = [
  ['the global fetch', () => undefined],
  ['undici', () => open()],
  [
    'undici as a fetch',
    () => {
      const fetch = open();
      return (request, init) => fetch(request, init);
    },
  ],
];

describe.for(wires)('over %s', ([, make]) => {
  const transport = (): Partial<VendorOptions> => {
    const fetch = make();
    return fetch ? { fetch } : {};
  };

  test.for(encodings)('an answer in %s is read', async ([encoding, body]) => {
    const server = await serveHttp((_, response) => {
      response.setHeader('content-encoding', encoding).end(body);
    });
    const answer = await askThrough({ baseUrl: server.origin, ...transport() });
    expect(answer.body).toEqual(JSON.parse(json));
  });

  test('an answer that is not in the encoding that it names is no success', async () => {
    const server = await serveHttp((_, response) => {
      response.setHeader('content-encoding', 'gzip').end(json);
    });
    const error = await failure(askThrough({ baseUrl: server.origin, ...transport() }));
    expect(error).toMatchObject({ code: 'network', retryable: true });
  });

  test('an answer that is small, and large once it is decoded, is not read whole', async () => {
    const server = await serveHttp((_, response) => {
      const bomb = gzipSync(Buffer.alloc(4 * 1024 * 1024, ' '));
      response.writeHead(403, { 'content-encoding': 'gzip' }).end(bomb);
    });
    const error = await failure(askThrough({ baseUrl: server.origin, ...transport() }));
    expect(error).toMatchObject({ code: 'forbidden', status: 403 });
  });

  test.for([600, 700, 999])('the status %d is a bad-response', async (status) => {
    const server = await serveBytes((socket) => {
      socket.once('data', () =>
        socket.end(`HTTP/1.1 ${status} What\r\ncontent-length: 2\r\n\r\n{}`),
      );
    });
    const error = await failure(askThrough({ baseUrl: server.origin, ...transport() }));
    expect(error).toMatchObject({ code: 'bad-response', status });
  });

  test("the status 407 is a proxy's, not the vendor's", async () => {
    const server = await serveHttp((_, response) => response.writeHead(407).end('{}'));
    const error = await failure(askThrough({ baseUrl: server.origin, ...transport() }));
    expect(error).toMatchObject({ code: 'network', retryable: true });
    expect(error).not.toHaveProperty('status');
    expect(error.message).toBe(`[vendor] the connection to ${new URL(server.origin).host} failed`);
  });

  test('a DELETE takes its JSON with it', async () => {
    const server = await serveHttp((request, response) => {
      void text(request).then((body) => response.end(JSON.stringify([request.method, body])));
    });
    const request = { method: 'delete', json: { chat: 7 } } as const;
    const answer = await askThrough({ baseUrl: server.origin, ...transport() }, request);
    expect(answer.body).toEqual(['DELETE', '{"chat":7}']);
  });
});

describe('undiciFetch', () => {
  test('is closed once, however often', async () => {
    const fetch = undiciFetch();
    await Promise.all([fetch.close(), fetch.close(), fetch[Symbol.asyncDispose]()]);
    await expect(fetch.close()).resolves.toBeUndefined();
  });

  test('asks nobody any more once it is closed', async () => {
    const server = await serveHttp((_, response) => response.end());
    const fetch = undiciFetch();
    await ask(server, {}, undefined, { fetch });
    await fetch[Symbol.asyncDispose]();
    expect((await failure(ask(server, {}, undefined, { fetch }))).code).toBe('network');
  });

  test('uses a dispatcher that is passed in as it is, and does not close it', async () => {
    const agent = new MockAgent();
    onTestFinished(() => agent.close());
    agent.disableNetConnect();
    agent
      .get('http://vendor.test')
      .intercept({ path: '/typing', method: 'POST' })
      .reply(200, '{"a":1}');
    const fetch = undiciFetch(agent);
    const answer = await ask({ origin: 'http://vendor.test' }, {}, undefined, { fetch });
    expect(answer.body).toEqual({ a: 1 });
    const owned = new Agent();
    await undiciFetch(owned).close();
    expect(owned.closed).toBe(false);
    await owned.close();
  });
});
