import { describe, expect, test } from 'vitest';
import { connectionTrouble } from '../../src/http/connection-trouble.ts';
import { serveBytes } from './loopback.ts';
import { ask, failure, key } from './vendor.ts';

describe('a connection that', () => {
  test('is reset is a network error with the code of the system, and is not tried again', async () => {
    let connections = 0;
    const server = await serveBytes((socket) => {
      connections += 1;
      socket.once('data', () => socket.resetAndDestroy());
    });
    const { host } = new URL(server.origin);
    const error = await failure(ask({ baseUrl: server.origin }));
    expect(error).toMatchObject({ code: 'network', provider: 'vendor', operation: 'start' });
    expect(error.message).toBe(`[vendor] the connection to ${host} failed: ECONNRESET`);
    // Who retries, and when, is the engine's to say.
    expect(connections).toBe(1);
  });

  test('is closed without an answer is a network error', async () => {
    const server = await serveBytes((socket) => socket.once('data', () => socket.end()));
    const error = await failure(ask({ baseUrl: server.origin }));
    expect(error.code).toBe('network');
    expect(error.reason).toMatch(/ failed: UND_ERR_SOCKET$/);
  });

  test('speaks no HTTP is a network error', async () => {
    const server = await serveBytes((socket) =>
      socket.once('data', () => socket.end('SSH-2.0\r\n')),
    );
    const error = await failure(ask({ baseUrl: server.origin }));
    expect(error.code).toBe('network');
  });

  test('is refused is a network error', async () => {
    const server = await serveBytes(() => {});
    const { host } = new URL(server.origin);
    await server.close();
    const error = await failure(ask({ baseUrl: server.origin }));
    expect(error.message).toBe(`[vendor] the connection to ${host} failed: ECONNREFUSED`);
  });

  test('has no address is a network error', async () => {
    // RFC 6761 reserves the name: no resolver has an answer for it.
    const error = await failure(ask({ baseUrl: 'http://vendor.invalid' }));
    expect(error.code).toBe('network');
    expect(error.reason).toMatch(
      /^the connection to vendor\.invalid failed: (?:ENOTFOUND|EAI_AGAIN)$/,
    );
  });
});

describe('the code of a connection that failed', () => {
  test('is looked for along the causes', () => {
    const error = new Error('a', { cause: new Error('b', { cause: coded('ECONNRESET') }) });
    expect(connectionTrouble(error)).toBe('ECONNRESET');
  });

  test.for<[name: string, error: unknown]>([
    ['no error', 'ECONNRESET'],
    ['an error without one', new Error('ECONNRESET')],
    ['a number', coded(20)],
    ['a sentence', coded('Bearer sk_secret')],
    ['a very long word', coded(`E${'X'.repeat(100)}`)],
  ])('is not taken from %s', ([, error]) => {
    expect(connectionTrouble(error)).toBeUndefined();
  });

  test('ends a chain of causes that is a circle', () => {
    const error = new Error('a');
    error.cause = error;
    expect(connectionTrouble(error)).toBeUndefined();
  });

  test('is not asked of an object that throws when it is looked at', async () => {
    const trap = Object.defineProperty(new Error('x'), 'code', {
      get() {
        throw new Error(key);
      },
    });
    const error = await failure(ask({ fetch: () => Promise.reject(trap) }));
    expect(error).toMatchObject({ code: 'network' });
  });
});

function coded(code: unknown): Error {
  return Object.assign(new Error('x'), { code });
}
