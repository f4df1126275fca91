import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { vendorClient, type VendorRequest } from '../../src/http/vendor-client.ts';
import { serveBytes, serveHttp } from './loopback.ts';
import { ask, chatId, failure, key, origin } from './vendor.ts';
import { guardWire } from './wire.ts';

guardWire();

describe('a request', () => {
  test('is exactly one, with the key as bearer', async () => {
    nock(origin, { reqheaders: { authorization: `Bearer ${key}` } })
      .post('/typing')
      .reply(200, { ok: true });
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ok: true });
  });

  test('with JSON says so', async () => {
    nock(origin, { reqheaders: { 'content-type': 'application/json' } })
      .post('/typing', { conversation: 'urn:li:(a,b)' })
      .reply(200);
    const answer = await ask({}, { json: { conversation: 'urn:li:(a,b)' } });
    expect(answer.status).toBe(200);
  });

  test('without JSON has no content-type and no body', async () => {
    nock(origin, { badheaders: ['content-type', 'transfer-encoding'] })
      .post('/typing', '')
      .reply(200);
    await expect(ask()).resolves.toMatchObject({ status: 200 });
  });

  test.for<[VendorRequest['method']]>([['get'], ['post'], ['put'], ['patch'], ['delete']])(
    'goes out as %s and is not repeated after a 503',
    async ([method]) => {
      let requests = 0;
      const server = await serveHttp((request, response) => {
        requests += 1;
        expect(request.method).toBe(method.toUpperCase());
        response.writeHead(503, { 'retry-after': '0' }).end();
      });
      const error = await failure(ask({ baseUrl: server.origin }, { method }));
      expect(error).toMatchObject({ code: 'unavailable', status: 503, retryAfterMs: 0 });
      expect(requests).toBe(1);
    },
  );

  test.for<[baseUrl: string, path: string]>([
    [origin, '/typing'],
    [`${origin}/`, '/typing'],
    [`${origin}/api/partner`, '/api/partner/typing'],
    [`${origin}/api/partner//`, '/api/partner/typing'],
  ])('to the base URL %s goes to %s', async ([baseUrl, path]) => {
    nock(origin).post(path).reply(200);
    await expect(ask({ baseUrl })).resolves.toMatchObject({ status: 200 });
  });
});

describe('an answer', () => {
  test('gives its headers by any case, and undefined for what is not there', async () => {
    nock(origin).post('/typing').reply(200, '', { 'X-Trace-ID': 't1' });
    const answer = await ask();
    expect(answer.header('x-trace-id')).toBe('t1');
    expect(answer.header('X-TRACE-ID')).toBe('t1');
    expect(answer.header('x-other')).toBeUndefined();
  });

  test.for<[body: string]>([[''], ['<html>'], ['{"ok":'], ['\u0000']])(
    'whose body is %j has no body',
    async ([body]) => {
      nock(origin).post('/typing').reply(200, body);
      await expect(ask()).resolves.toMatchObject({ body: undefined });
    },
  );

  test('that is another 2xx than was promised is a bad-response', async () => {
    nock(origin).post('/typing').reply(202, {});
    const error = await failure(ask());
    expect(error).toMatchObject({ code: 'bad-response', status: 202, retryable: false });
    expect(error.message).toBe('[vendor] 202 the answer is not what the vendor documents');
  });

  test('that is a success can still be turned into an error by the adapter', async () => {
    nock(origin).post('/typing').reply(200, { message: 'No such chat.' });
    const answer = await ask();
    expect(answer.failure('rejected').message).toBe('[vendor] 200 No such chat');
    expect(answer.failure()).toMatchObject({ code: 'bad-response', status: 200 });
  });

  test('is what the adapter says it is, before what it reads in it', async () => {
    nock(origin).post('/typing').reply(200, { code: 'GROUP' });
    const answer = await ask();
    expect(answer.failure()).toMatchObject({ code: 'unsupported' });
    expect(answer.failure('rejected')).toMatchObject({ code: 'rejected', vendorCode: 'GROUP' });
  });
});

describe('a failure', () => {
  test.for<[status: number, code: string, retryable: boolean]>([
    [400, 'rejected', false],
    [401, 'unauthenticated', false],
    [402, 'rejected', false],
    [403, 'forbidden', false],
    [404, 'not-found', false],
    [409, 'rejected', false],
    [422, 'rejected', false],
    [429, 'rate-limited', true],
    [499, 'rejected', false],
    [500, 'unavailable', true],
    [502, 'unavailable', true],
    [503, 'unavailable', true],
    [504, 'unavailable', true],
    [599, 'unavailable', true],
  ])('with status %d is %s', async ([status, code, retryable]) => {
    nock(origin).post('/typing').reply(status);
    const error = await failure(ask({}, { operation: 'stop' }));
    expect(error).toMatchObject({ code, status, retryable, provider: 'vendor', operation: 'stop' });
    expect(error.message).toBe(`[vendor] ${status} the vendor gave no reason`);
  });

  test('with a status that is none is a bad-response', async () => {
    const server = await serveBytes((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 600 What\r\ncontent-length: 0\r\n\r\n'));
    });
    const error = await failure(ask({ baseUrl: server.origin }));
    expect(error).toMatchObject({ code: 'bad-response', status: 600 });
  });

  test('says what the adapter read, free of what is hidden', async () => {
    nock(origin)
      .post('/typing')
      .reply(
        403,
        {
          message: `Key ${key} may not type in ${chatId}.`,
          code: 2005,
          trace: '2eff',
          page: 'https://docs.vendor.example/2005',
        },
        { 'retry-after': '1.5' },
      );
    const error = await failure(ask());
    expect(error).toMatchObject({
      code: 'forbidden',
      reason: 'Key … may not type in …',
      vendorCode: '2005',
      traceId: '2eff',
      docUrl: 'https://docs.vendor.example/2005',
      retryAfterMs: 1_500,
    });
  });

  test('means what the adapter reads in it, before what its status means', async () => {
    nock(origin).post('/typing').reply(403, { code: 'GROUP' });
    const error = await failure(ask());
    expect(error).toMatchObject({ code: 'unsupported', status: 403, vendorCode: 'GROUP' });
  });

  test('takes the wait from the header, else from a number of seconds in the body', async () => {
    nock(origin).post('/typing').reply(429, { wait: 7 }, { 'retry-after': '3' });
    nock(origin).post('/typing').reply(429, { wait: 7 });
    nock(origin).post('/typing').reply(429, { wait: 'soon' }, { 'retry-after': 'soon' });
    expect((await failure(ask())).retryAfterMs).toBe(3_000);
    expect((await failure(ask())).retryAfterMs).toBe(7_000);
    expect(await failure(ask())).not.toHaveProperty('retryAfterMs');
  });

  test('measures a date against the Date header of the same answer', async () => {
    nock(origin).post('/typing').reply(429, '', {
      date: 'Sun, 06 Nov 1994 08:49:37 GMT',
      'retry-after': 'Sun, 06 Nov 1994 08:50:07 GMT',
    });
    expect((await failure(ask())).retryAfterMs).toBe(30_000);
  });
});

describe('a redirect', () => {
  test.for([301, 302, 303, 307, 308])(
    '%d is refused, and the other host is never asked',
    async (status) => {
      const elsewhere = nock('https://elsewhere.example').persist();
      for (const method of ['get', 'post'] as const) elsewhere[method]('/taken').reply(200);
      nock(origin)
        .post('/typing')
        .reply(status, '', { location: 'https://elsewhere.example/taken' });
      const error = await failure(ask());
      expect(error).toMatchObject({ code: 'bad-response', status });
      expect(error.message).toContain('redirect');
      expect(elsewhere.isDone()).toBe(false);
      nock.cleanAll();
    },
  );

  test('that the runtime hides (status 0) is one, too', async () => {
    const opaque = Object.defineProperty(new Response(null), 'status', { value: 0 });
    const error = await failure(ask({ fetch: async () => opaque }));
    expect(error).toMatchObject({ code: 'bad-response', status: 0 });
    expect(error.message).toContain('redirect');
  });

  test('is refused in so many words, so that a runtime does not follow it either', async () => {
    let asked: RequestInit['redirect'];
    await ask({
      fetch: async (request) => {
        asked = request.redirect;
        return new Response('{}');
      },
    });
    expect(asked).toBe('manual');
  });
});

test('a Retry-After that the adapter does not look at is in the error all the same', async () => {
  nock(origin).post('/typing').reply(503, {}, { 'retry-after': '7' });
  const http = vendorClient('vendor', { apiKey: key, baseUrl: origin, timeoutMs: 1_000 });
  const request = {
    operation: 'start',
    method: 'post',
    path: '/typing',
    expects: 200,
    target: undefined,
  } as const;
  await expect(http(request, {})).rejects.toMatchObject({
    code: 'unavailable',
    retryAfterMs: 7_000,
  });
});
