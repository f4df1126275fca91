import type { Dispatcher } from 'undici';
import { Agent as Agent6 } from 'undici-6';
import { Agent as Agent7 } from 'undici-7';
import { describe, expect, onTestFinished, test } from 'vitest';
import { largestBodyBytes } from '../../src/http/read-body.ts';
import { undiciFetch } from '../../src/undici/index.ts';
import { ask, failure } from '../http/vendor.ts';
import { serveBytes, serveHttp } from '../http/loopback.ts';

describe.for<[version: string, open: () => unknown]>([
  ['6', () => new Agent6()],
  ['7', () => new Agent7()],
])('an exchange over undici %s', ([, open]) => {
  function transport(): ReturnType<typeof undiciFetch> {
    // Each version has types of its own; what we call of them is the same.
    const dispatcher = open() as Dispatcher;
    onTestFinished(() => dispatcher.destroy());
    return undiciFetch(dispatcher);
  }

  test('is one request and its answer', async () => {
    const requests: unknown[] = [];
    const server = await serveHttp((request, response) => {
      requests.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
      response.setHeader('X-More', ['one', 'two']).end('{"text":"ä"}');
    });
    const answer = await ask(
      { baseUrl: server.origin, fetch: transport() },
      { json: { typing: true } },
    );
    expect(requests).toEqual(['POST /typing application/json']);
    expect(answer.body).toEqual({ text: 'ä' });
    expect(answer.header('x-more')).toBe('one, two');
  });

  test('takes no early hint for the answer', async () => {
    const server = await serveHttp((_, response) => {
      response.writeEarlyHints({ link: '</a.css>; rel=preload' }, () => response.end('{"a":1}'));
    });
    const answer = await ask({ baseUrl: server.origin, fetch: transport() });
    expect(answer).toMatchObject({ status: 200, body: { a: 1 } });
  });

  test('reads no more of a body than it may', async () => {
    const server = await serveHttp((_, response) => response.end('x'.repeat(largestBodyBytes + 1)));
    const answer = await ask({ baseUrl: server.origin, fetch: transport() });
    expect(answer).toMatchObject({ status: 200, body: undefined });
  });

  test.for<[bytes: string, expected: object]>([
    [
      'HTTP/1.1 401 No\r\ncontent-length: 50\r\n\r\n{"ok":',
      { code: 'unauthenticated', status: 401 },
    ],
    ['HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"ok":', { code: 'network' }],
    ['', { code: 'network' }],
  ])('that is answered with %j and hung up on is what it is', async ([bytes, expected]) => {
    const server = await serveBytes((socket) => socket.once('data', () => socket.end(bytes)));
    const error = await failure(ask({ baseUrl: server.origin, fetch: transport() }));
    expect(error).toMatchObject(expected);
  });

  test('that is not answered is given up within timeoutMs, and so is its connection', async () => {
    const server = await serveHttp(() => {});
    const options = { baseUrl: server.origin, fetch: transport(), timeoutMs: 30 };
    expect(await failure(ask(options))).toMatchObject({ code: 'timeout' });
    await server.connectionClosed;
  });
});
