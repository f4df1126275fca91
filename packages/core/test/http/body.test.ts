import { describe, expect, test } from 'vitest';
import { largestBodyBytes } from '../../src/http/read-body.ts';
import { serveBytes, serveHttp } from './loopback.ts';
import { ask, failure } from './vendor.ts';

describe('a body', () => {
  test('of the largest size is read', async () => {
    const json = JSON.stringify('x'.repeat(largestBodyBytes - 2));
    const server = await serveHttp((_, response) => response.end(json));
    const answer = await ask({ baseUrl: server.origin });
    expect(answer.body).toHaveLength(largestBodyBytes - 2);
  });

  test.for([
    ['', true],
    [' ', false],
    ['<html>', false],
    ['x'.repeat(largestBodyBytes + 1), false],
  ] as const)('tells %j, which is no JSON, from none at all', async ([text, isEmpty]) => {
    const server = await serveHttp((_, response) => response.end(text));
    const answer = await ask({ baseUrl: server.origin });
    expect(answer).toMatchObject({ body: undefined, isEmpty });
  });

  test('of one byte more is not', async () => {
    const json = JSON.stringify('x'.repeat(largestBodyBytes - 1));
    const server = await serveHttp((_, response) => response.end(json));
    await expect(ask({ baseUrl: server.origin })).resolves.toMatchObject({ body: undefined });
  });

  test.for([200, 403])(
    'with status %d that never ends is cut, and its connection closed',
    async (status) => {
      const server = await serveHttp((_, response) => {
        response.writeHead(status);
        const chunk = 'x'.repeat(16 * 1024);
        const more = (): void => {
          if (response.destroyed) return;
          response.write(chunk, more);
        };
        more();
      });
      const asked = ask({ baseUrl: server.origin, timeoutMs: 60_000 });
      const outcome = await asked.catch((error: unknown) => error);
      expect(outcome).toMatchObject({ status });
      await server.connectionClosed;
    },
  );

  test('is decoded as one text, wherever its chunks are cut', async () => {
    const bytes = Buffer.from('"…typing…"');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const fetch = async (): Promise<Response> => new Response(body);
    await expect(ask({ fetch })).resolves.toMatchObject({ body: '…typing…' });
  });

  test('of a success that breaks off is a network error', async () => {
    const server = await serveBytes((socket) => {
      socket.once('data', () => {
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"ok":');
      });
    });
    const error = await failure(ask({ baseUrl: server.origin }));
    expect(error).toMatchObject({ code: 'network', retryable: true });
    expect(error).not.toHaveProperty('status');
  });

  test('of a failure that breaks off leaves the failure its status', async () => {
    const server = await serveBytes((socket) => {
      socket.once('data', () => {
        socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 50\r\n\r\n{"mess');
      });
    });
    const error = await failure(ask({ baseUrl: server.origin }));
    expect(error).toMatchObject({ code: 'unauthenticated', status: 401 });
  });
});
