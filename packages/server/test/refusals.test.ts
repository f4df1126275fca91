import { createTyping } from '@typingkit/core';
import { fakeProvider } from '@typingkit/testing/fake';
import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../src/index.ts';
import { serve, token } from './serve.ts';

interface RawAnswer {
  readonly status: number | undefined;
  readonly type: string | undefined;
  // Checked by each test.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly problem: any;
}

/** A request as `fetch` would not make it: a GET with a body, any `Host`. */
function raw(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: string | Buffer,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => (text += chunk));
      incoming.on('end', () => {
        resolve({
          status: incoming.statusCode,
          type: incoming.headers['content-type'],
          problem: text === '' ? undefined : JSON.parse(text),
        });
        outgoing.destroy();
      });
    });
    let failure: unknown;
    // The server may answer before it has taken all of a body.
    outgoing.on('error', (error) => (failure = error));
    outgoing.on('close', () => reject(failure ?? new Error('It was closed without an answer.')));
    outgoing.end(body);
  });
}

const bearer = { authorization: `Bearer ${token}` };
const json = { ...bearer, 'content-type': 'application/json' };
const problem = (status: number, code: string): object => ({
  status,
  type: 'application/problem+json',
  problem: { status, code, advice: expect.any(String), title: expect.any(String) },
});

/** Every endpoint of the OpenAPI document, so that a new one is covered, and the document itself. */
async function endpoints(url: string): Promise<{ method: string; url: string; kind: string }[]> {
  const { paths } = await (await fetch(`${url}/openapi.json`, { headers: bearer })).json();
  const found = Object.entries<Record<string, { requestBody?: { content: object } }>>(
    paths,
  ).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { requestBody }]) => ({
      method: method.toUpperCase(),
      url: url + path.replaceAll(/\{\w+\}/g, 'some'),
      kind: Object.keys(requestBody?.content ?? {}).length > 1 ? 'webhook' : 'other',
    })),
  );
  expect(found.length).toBeGreaterThan(15);
  return [...found, { method: 'GET', url: `${url}/openapi.json`, kind: 'other' }];
}

describe('every endpoint refuses', () => {
  it('a request without a token, and one with a wrong token', async () => {
    const { server, typing } = await serve({ metrics: true });
    for (const { method, url } of await endpoints(server.url)) {
      const without = await raw(url, method, {});
      expect({ url, ...without }).toMatchObject({ url, ...problem(401, 'no-token') });
      for (const wrong of [`${token}x`, token.slice(1), 'x']) {
        const answer = await raw(url, method, { authorization: `Bearer ${wrong}` });
        expect({ url, ...answer }).toMatchObject({ url, ...problem(401, 'wrong-token') });
      }
    }
    expect(typing.sessions()).toEqual([]);
  });

  it('a body of 10 MB, whether its length is declared or not', async () => {
    const { server } = await serve({ metrics: true });
    const large = Buffer.alloc(10_000_000, 32);
    for (const { method, url } of await endpoints(server.url)) {
      const declared = { ...json, 'content-length': String(large.length) };
      const answer = await raw(url, method, declared, large);
      expect({ url, ...answer }).toMatchObject({ url, ...problem(413, 'body-too-large') });
      if (method === 'GET') continue;
      const chunked = await raw(url, method, { ...json, 'transfer-encoding': 'chunked' }, large);
      expect({ url, ...chunked }).toMatchObject({ url, ...problem(413, 'body-too-large') });
    }
    expect((await fetch(`${server.url}/v1/channels`, { headers: bearer })).status).toBe(200);
  });

  it('JSON of the wrong shape, and what is no JSON', async () => {
    const { server } = await serve({ metrics: true });
    for (const { kind, method, url } of await endpoints(server.url)) {
      const wrong = [
        '"text"',
        '[',
        'null',
        ...(kind === 'webhook' ? [] : ['{"nonsense":1}', '[1]']),
      ];
      for (const body of wrong) {
        const answer = await raw(
          url,
          method,
          { ...json, 'content-length': String(body.length) },
          body,
        );
        const sent = { url, method, body };
        expect({ ...sent, ...answer }).toMatchObject({
          ...sent,
          ...problem(400, 'invalid-request'),
        });
        expect(JSON.stringify(answer.problem)).not.toContain('"text"');
      }
    }
  });

  it('everything while it shuts down, and clears what is up', async () => {
    const { ask, open, provider, server } = await serve({ closeMs: 60_000, metrics: true });
    const id = await open('a');
    await expect.poll(() => provider.starts.length).toBe(1);
    const all = await endpoints(server.url);
    provider.hangNext({ operation: 'stop', ignoreSignal: true });
    const closing = server.close();
    for (const { method, url } of all) {
      const answer = await raw(url, method, bearer);
      expect({ url, ...answer }).toMatchObject({ url, ...problem(503, 'shutting-down') });
    }
    expect(await ask('POST', `/v1/sessions/${id}/touch`)).toMatchObject({ status: 503 });
    expect(provider.stops).toHaveLength(1);
    provider.release();
    await closing;
    await expect(fetch(server.url)).rejects.toThrow();
  });
});

describe('what nobody serves', () => {
  it('is a problem, too', async () => {
    const { ask } = await serve();
    expect(await ask('GET', '/v2')).toMatchObject({ body: { code: 'no-such-endpoint' } });
    const wrong = await ask('PUT', '/v1/sessions', {});
    expect(wrong).toMatchObject({ status: 405, body: { code: 'wrong-method' } });
    expect(wrong.headers.get('allow')).toBe('POST, GET');
  });

  it('is JSON of another content type, which a page of another site could send', async () => {
    const { ask, provider } = await serve();
    const headers = { 'content-type': 'text/plain' };
    const body = { channel: 'chat', target: { id: 'a' } };
    expect(await ask('POST', '/v1/send', body, headers)).toMatchObject({
      status: 415,
      body: { code: 'wrong-content-type' },
    });
    expect(provider.calls).toEqual([]);
  });

  it('is a request with headers that are too large, or that is no HTTP', async () => {
    const { server } = await serve();
    const large = { ...bearer, 'x-large': 'x'.repeat(20_000) };
    expect(await raw(`${server.url}/v1/channels`, 'GET', large)).toMatchObject(
      problem(431, 'headers-too-large'),
    );
  });
});

describe('without a token', () => {
  const send = { channel: 'chat', target: { id: 'a' } };

  it('programs on this machine are let in', async () => {
    const { ask } = await serve({ tokens: [] });
    expect((await ask('POST', '/v1/send', send)).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['a name that was pointed at 127.0.0.1', { host: 'evil.example' }],
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['an image of another site', { 'sec-fetch-site': 'cross-site' }],
    ['another page of this machine', { 'sec-fetch-site': 'same-site' }],
  ])('%s is refused', async (_who, headers) => {
    const { server } = await serve({ tokens: [] });
    const all = await endpoints(server.url);
    for (const { method, url } of all) {
      const answer = await raw(url, method, headers);
      expect({ url, ...answer }).toMatchObject({ url, ...problem(403, 'foreign-caller') });
    }
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'example.com'])('%s is not listened on', async (host) => {
    const typing = createTyping({ channels: { chat: fakeProvider() } });
    await expect(startServer({ typing, host })).rejects.toMatchObject({
      code: 'misconfigured',
      reason: expect.stringContaining('needs a token'),
    });
  });
});

describe('tokens', () => {
  it('may be several, so that they can be rotated', async () => {
    const { ask } = await serve({ tokens: ['the-old-token-of-this-test', token] });
    const old = { authorization: 'Bearer the-old-token-of-this-test' };
    expect((await ask('GET', '/v1/channels')).status).toBe(200);
    expect((await ask('GET', '/v1/channels', undefined, old)).status).toBe(200);
  });

  it('let a proxy in under any name', async () => {
    const { server } = await serve();
    const headers = { ...bearer, host: 'bot.example' };
    expect((await raw(`${server.url}/v1/channels`, 'GET', headers)).status).toBe(200);
  });

  it.each(['short', 'with a blank in the token', ''])(
    '%o is refused, and not quoted',
    async (bad) => {
      const typing = createTyping({ channels: { chat: fakeProvider() } });
      const starting = startServer({ typing, tokens: [bad] });
      await expect(starting).rejects.toMatchObject({ code: 'misconfigured' });
      await expect(starting).rejects.not.toThrow(bad || token);
    },
  );
});

it('a server that failed says so, and nothing about why', async () => {
  const seen: unknown[] = [];
  const typing = createTyping({ channels: { chat: fakeProvider() } });
  const broken = { ...typing, send: () => Promise.reject(new Error('a secret')) };
  const server = await startServer({
    typing: broken,
    onInternalError: (error) => seen.push(error),
  });
  onTestFinished(() => server.close());
  const response = await fetch(`${server.url}/v1/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'chat', target: {} }),
  });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('secret');
  expect(seen).toMatchObject([{ message: 'a secret' }]);
});
