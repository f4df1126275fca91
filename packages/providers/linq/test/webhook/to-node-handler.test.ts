import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { TypingError } from '@typingkit/core';
import express, { type ErrorRequestHandler } from 'express';
import { describe, expect, test, vi } from 'vitest';
import { toNodeHandler, type WebHandler } from '../../src/webhook/index.ts';
import { answerToBytes, answerToUnended, listen } from '../support/loopback.ts';
import { receiver, signedByHand, signedByLibrary, typingEvent } from '../support/webhook-events.ts';

const body = typingEvent();
const event = (): RequestInit => ({ method: 'POST', headers: signedByLibrary(body), body });
const parsed =
  "a body parser, or setEncoding, has turned the body of a webhook into something else and has not kept its bytes. The signature covers the original bytes: put the webhook before express.json(), or use express.raw({ type: '*/*' }) for its path.";

const itself = (receive: WebHandler): WebHandler => receive;
function wrapped(receive: WebHandler): WebHandler {
  return (request) => receive(request);
}
// The first is served without a `Request`.
const ways = [
  ['the webhook itself', itself],
  ['a function around it', wrapped],
] as const;

describe.for(ways)("on Node's http, for %s", ([, as]) => {
  test('an event is taken, and the connection stays for the next one', async () => {
    const { receive, seen } = receiver();
    await using server = await listen(toNodeHandler(as(receive)));
    const first = await fetch(server.url, event());
    expect([first.status, await first.text()]).toEqual([200, '']);
    const second = await fetch(server.url, event());
    expect([second.status, await second.text()]).toEqual([200, '']);
    expect(seen).toHaveLength(1);
    for (const { headers } of [first, second]) expect(headers.get('connection')).toBe('keep-alive');
  });

  test('a body that comes in pieces, with letters cut in two, is one', async () => {
    const text = typingEvent({ note: '🫧'.repeat(50) });
    const { receive, seen } = receiver();
    await using server = await listen(toNodeHandler(as(receive)));
    const bytes = Buffer.from(text);
    const { port } = server;
    const headers = signedByHand(text);
    const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers });
    for (let at = 0; at < bytes.length; at += 7) {
      request.write(bytes.subarray(at, at + 7));
      await new Promise(setImmediate);
    }
    request.end();
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(200);
    expect(seen).toHaveLength(1);
    request.destroy();
  });

  test('a forged event is refused', async () => {
    const { receive, seen } = receiver();
    await using server = await listen(toNodeHandler(as(receive)));
    const response = await fetch(server.url, { ...event(), body: `${body} ` });
    expect(response.status).toBe(401);
    expect(seen).toEqual([]);
  });

  test.for([
    ['GET', 405, 'POST'],
    ['HEAD', 405, 'POST'],
    ['DELETE', 405, 'POST'],
  ] as const)('a %s is answered with %i', async ([method, status, allow]) => {
    await using server = await listen(toNodeHandler(as(receiver().receive)));
    const response = await fetch(server.url, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('allow')).toBe(allow);
  });

  test('too long a body is answered while the client still writes, and nothing more is read', async () => {
    const brokenOff: boolean[] = [];
    await using server = await listen((request, response) => {
      response.once('finish', () => brokenOff.push(request.destroyed));
      toNodeHandler(as(receiver().receive))(request, response);
    });
    const half = 'x'.repeat(33 * 1_024);
    const answer = await answerToUnended(server, signedByHand(body), [half, half]);
    expect(answer).toEqual({ status: 413, connection: 'close' });
    expect(brokenOff).toEqual([false]);
  });

  test('too long a body that is only announced is answered before a byte of it came', async () => {
    await using server = await listen(toNodeHandler(as(receiver().receive)));
    const headers = { ...signedByHand(body), 'content-length': '1000000' };
    const answer = await answerToUnended(server, headers, []);
    expect(answer).toEqual({ status: 413, connection: 'close' });
  });

  test('an unsigned body is refused before a byte of it is read', async () => {
    const { receive } = receiver();
    const didRead: boolean[] = [];
    await using server = await listen((request, response) => {
      response.once('finish', () => didRead.push(request.readableDidRead));
      toNodeHandler(as(receive))(request, response);
    });
    const answer = await answerToUnended(server, { 'content-length': '10' }, ['12345']);
    expect(answer).toEqual({ status: 401, connection: 'close' });
    expect(didRead).toEqual([false]);
  });

  test('a body that never ends is answered with 408, and the connection ends', async () => {
    const { receive } = receiver({ timeoutMs: 50 });
    await using server = await listen(toNodeHandler(as(receive)));
    const headers = { ...signedByHand(body), 'content-length': String(body.length) };
    const answer = await answerToUnended(server, headers, [body.slice(0, 20)]);
    expect(answer).toEqual({ status: 408, connection: 'close' });
  });

  test('a client that goes in the middle of its body leaves nothing behind', async () => {
    const { promise: answered, resolve } = Promise.withResolvers<number>();
    const { receive, seen, failures } = receiver();
    await using server = await listen((request, response) => {
      const end = response.end.bind(response);
      vi.spyOn(response, 'end').mockImplementation(() => {
        resolve(response.statusCode);
        return end();
      });
      toNodeHandler(as(receive))(request, response);
    });
    const request = httpRequest({
      port: server.port,
      host: '127.0.0.1',
      method: 'POST',
      headers: { ...signedByHand(body), 'content-length': String(body.length) },
    });
    request.on('error', () => {});
    request.write(body.slice(0, 20), () => setImmediate(() => request.destroy()));
    expect(await answered).toBe(400);
    expect([seen, failures]).toEqual([[], []]);
  });
});

describe("on Node's http", () => {
  test('a Request is made for a function around the webhook, and none for the webhook itself', async () => {
    const made = vi.spyOn(globalThis, 'Request');
    const { receive } = receiver();
    await using fast = await listen(toNodeHandler(receive));
    expect((await fetch(fast.url, event())).status).toBe(200);
    expect(made).not.toHaveBeenCalled();
    await using slow = await listen(toNodeHandler(wrapped(receive)));
    expect((await fetch(slow.url, event())).status).toBe(200);
    expect(made).toHaveBeenCalledTimes(1);
    made.mockRestore();
  });

  test('a client that goes aborts the signal of the request', async () => {
    const { promise: aborted, resolve } = Promise.withResolvers<void>();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    const handler = toNodeHandler(({ signal }) => {
      signal.addEventListener('abort', () => resolve());
      arrive();
      return aborted.then(() => new Response());
    });
    await using server = await listen(handler);
    const controller = new AbortController();
    const request = fetch(server.url, { ...event(), signal: controller.signal });
    await arrived;
    controller.abort();
    await expect(request).rejects.toThrow('aborted');
    await aborted;
  });

  test('an answered request does not abort its signal', async () => {
    const signals: AbortSignal[] = [];
    const handler = toNodeHandler((request) => {
      signals.push(request.signal);
      return request.text().then(() => new Response());
    });
    await using server = await listen(handler);
    await fetch(server.url, { ...event(), headers: { connection: 'close' } });
    await fetch(server.url, event());
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
  });

  test('the request has the method, the address and the headers that were sent', async () => {
    const seen: [string, string, string | null, string][] = [];
    const handler = toNodeHandler(async (request) => {
      const text = await request.text();
      seen.push([request.method, request.url, request.headers.get('x-twice'), text]);
      return new Response('made', { status: 201, headers: { 'x-own': 'yes' } });
    });
    await using server = await listen(handler);
    const headers = { 'x-twice': 'a, b' };
    const response = await fetch(`${server.url}?line=1`, { method: 'POST', headers, body: 'hi' });
    expect([response.status, response.headers.get('x-own'), await response.text()]).toEqual([
      201,
      'yes',
      'made',
    ]);
    expect(seen).toEqual([['POST', `${server.url}?line=1`, 'a, b', 'hi']]);
  });

  test.for([
    ['not a host', '/linq?line=1', 'http://localhost/linq?line=1'],
    ['bot.example', '*', 'http://bot.example/'],
    ['bot.example', '//linq', 'http://bot.example//linq'],
    ['bot.example', 'http://proxy.example/linq', 'http://proxy.example/linq'],
  ] as const)('the host %j and the path %j make an address', async ([host, path, url]) => {
    const handler = toNodeHandler((request) => new Response(request.url));
    await using server = await listen(handler);
    const answer = await answerToBytes(
      server,
      `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer.split('\r\n\r\n')[1]).toBe(url);
  });

  test.for([
    ['a method', 'TRACE', 'bot.example'],
    ['a host', 'POST', 'user:password@bot.example'],
  ])(
    '%s that the web has not is answered with 400, and nothing is printed',
    async ([, method, host]) => {
      const print = vi.spyOn(console, 'error').mockReturnValue();
      const { receive } = receiver();
      await using server = await listen(toNodeHandler((request) => receive(request)));
      const answer = await answerToBytes(
        server,
        `${method} / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(print.mock.calls).toEqual([]);
      print.mockRestore();
    },
  );

  test('a body that somebody has made text is a mistake of the program, and it is told so', async () => {
    const print = vi.spyOn(console, 'error').mockReturnValue();
    const { receive, seen } = receiver();
    const handle = toNodeHandler(receive);
    await using server = await listen((request, response) => {
      request.setEncoding('utf8');
      handle(request, response);
    });
    expect((await fetch(server.url, event())).status).toBe(500);
    expect(String(print.mock.calls[0]?.[0])).toContain('setEncoding');
    expect(seen).toEqual([]);
    print.mockRestore();
  });

  test('a handler that rejects is answered with 500, and its error is printed', async () => {
    const print = vi.spyOn(console, 'error').mockReturnValue();
    const error = new Error('broken');
    await using server = await listen(toNodeHandler(() => Promise.reject(error)));
    expect((await fetch(server.url, event())).status).toBe(500);
    expect(print.mock.calls).toEqual([[error]]);
    print.mockRestore();
  });
});

describe.for(ways)('on Express, for %s', ([, as]) => {
  test('without a body parser an event is taken', async () => {
    const { receive, seen } = receiver();
    const app = express().post('/linq', toNodeHandler(as(receive)));
    await using server = await listen(app);
    expect((await fetch(server.url, event())).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  test.for([
    ['express.raw()', express.raw({ type: '*/*' })],
    ['express.text()', express.text({ type: '*/*' })],
    [
      'express.json() that keeps the bytes in rawBody',
      express.json({
        type: '*/*',
        verify: (request, _, bytes) => void Object.assign(request, { rawBody: bytes }),
      }),
    ],
  ] as const)('behind %s an event is taken', async ([, parser]) => {
    const { receive, seen } = receiver();
    const app = express()
      .use(parser)
      .post('/linq', toNodeHandler(as(receive)));
    await using server = await listen(app);
    const response = await fetch(server.url, event());
    expect(response.status).toBe(200);
    expect(response.headers.get('connection')).not.toBe('close');
    expect(seen).toHaveLength(1);
  });

  test('behind express.raw() the largest body is still the same', async () => {
    const parser = express.raw({ type: '*/*', limit: '1mb' });
    const app = express()
      .use(parser)
      .post('/linq', toNodeHandler(as(receiver().receive)));
    await using server = await listen(app);
    const long = { ...event(), body: 'x'.repeat(64 * 1_024 + 1) };
    expect((await fetch(server.url, long)).status).toBe(413);
  });

  test('a GET is answered with 405, also where somebody has read its body', async () => {
    const app = express()
      .use((request, _, next) => void request.resume().once('end', () => next()))
      .get('/linq', toNodeHandler(as(receiver().receive)));
    await using server = await listen(app);
    expect((await fetch(server.url)).status).toBe(405);
  });

  test('behind express.json() the mistake goes to the error handler of the application', async () => {
    const errors: unknown[] = [];
    const remember: ErrorRequestHandler = (error, _request, response, _next) => {
      errors.push(error);
      response.status(500).end();
    };
    const { receive, seen } = receiver();
    const app = express()
      .use(express.json({ type: '*/*' }))
      .post('/linq', toNodeHandler(as(receive)))
      .use(remember);
    await using server = await listen(app);
    expect((await fetch(server.url, event())).status).toBe(500);
    expect(seen).toEqual([]);
    expect(errors.map((error) => TypingError.isInstance(error) && error.message)).toEqual([parsed]);
  });

  test('behind express.json() without one, the mistake is printed and the answer is 500', async () => {
    const print = vi.spyOn(console, 'error').mockReturnValue();
    const parser = express.json({ type: '*/*' });
    const listener = toNodeHandler(as(receiver().receive));
    const app = express().use(parser, (request, response) => listener(request, response));
    await using server = await listen(app);
    expect((await fetch(server.url, event())).status).toBe(500);
    expect(print).toHaveBeenCalledTimes(1);
    expect(String(print.mock.calls[0]?.[0])).toBe(`TypingError: ${parsed}`);
    print.mockRestore();
  });
});
