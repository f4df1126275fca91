import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Fault, Simulator } from '../src/index.ts';
import { call, callLinq, linkedInTyping, linqTyping } from './vendor-calls.ts';

let simulator: Simulator;
let chatId: string;
let conversationUrn: string;

beforeEach(async () => {
  simulator = await startSimulator();
  ({ chatId } = simulator.linq.createConversation());
  ({ conversationUrn } = simulator.connectsafely.createConversation());
});
afterEach(async () => {
  await simulator.close();
});

function start(init: RequestInit = {}): Promise<Response> {
  return fetch(`${simulator.linq.baseUrl}/v3/chats/${chatId}/typing`, {
    method: 'POST',
    headers: { authorization: `Bearer ${simulator.linq.apiKey}` },
    redirect: 'manual',
    ...init,
  });
}

/** The system's code of a failed fetch, such as `ECONNRESET`. */
async function failureCode(attempt: Promise<unknown>): Promise<unknown> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'code' in cause ? cause.code : error;
}

describe('A fault', () => {
  it.each<[string, Fault, { status: number; text?: unknown; type?: string | null }]>([
    ['any status', { kind: 'status', status: 503 }, { status: 503, text: '', type: null }],
    [
      'a JSON body',
      { kind: 'status', status: 500, body: { a: 1 } },
      { status: 500, text: '{"a":1}', type: 'application/json; charset=utf-8' },
    ],
    [
      'a text body',
      { kind: 'status', status: 504, body: 'late' },
      { status: 504, text: 'late', type: 'text/plain; charset=utf-8' },
    ],
    [
      "a proxy's page",
      { kind: 'html' },
      { status: 502, text: expect.stringContaining('<html>'), type: 'text/html; charset=utf-8' },
    ],
    ['no body', { kind: 'empty' }, { status: 200, text: '', type: null }],
    ['no body with 204', { kind: 'empty', status: 204 }, { status: 204, text: '', type: null }],
  ])('answers %s', async (_title, fault, expected) => {
    simulator.faults.add(fault);
    const response = await start();
    expect(response.status).toBe(expected.status);
    expect(await response.text()).toEqual(expected.text);
    expect(response.headers.get('content-type')).toBe(expected.type);
    expect(response.headers.has('content-length')).toBe(expected.status !== 204);
    expect(response.headers.has('x-trace-id')).toBe(false);
  });

  it.each(['45', '0.25', 'Fri, 20 Nov 2026 12:00:00 GMT', 'soon', '-3', ''])(
    'answers 429 with Retry-After %j as it is',
    async (retryAfter) => {
      simulator.faults.add({ kind: 'status', status: 429, headers: { 'Retry-After': retryAfter } });
      const response = await start();
      expect(response.status).toBe(429);
      expect(response.headers.get('retry-after')).toBe(retryAfter);
    },
  );

  it('answers half a JSON document as if it were whole', async () => {
    simulator.faults.add({ kind: 'truncated-json' });
    const response = await start();
    expect(response.headers.get('content-type')).toContain('application/json');
    const text = await response.text();
    expect(text).toMatch(/^\{"success":true/);
    expect(() => {
      JSON.parse(text);
    }).toThrow(SyntaxError);
  });

  it.each([undefined, 100_000])(
    'answers a valid JSON document that is too big: %s',
    async (bytes) => {
      simulator.faults.add({ kind: 'oversize', bytes });
      const text = await (await start()).text();
      expect(text).toHaveLength(bytes ?? 8 * 1024 * 1024);
      expect(JSON.parse(text)).toMatchObject({ success: true });
    },
  );

  it.each([undefined, 302, 307, 308] as const)('redirects with %s', async (status) => {
    simulator.faults.add({ kind: 'redirect', location: 'http://127.0.0.1:9/', status });
    const response = await start();
    expect(response.status).toBe(status ?? 307);
    expect(response.headers.get('location')).toBe('http://127.0.0.1:9/');
  });

  it('drips the body after the headers', async () => {
    simulator.faults.add({ kind: 'drip', everyMs: 1 });
    const response = await start();
    const chunks: number[] = [];
    for await (const chunk of response.body ?? []) chunks.push(chunk.length);
    expect(chunks.length).toBeGreaterThan(5);
  });

  it('has the headers out before the first byte of a drip', async () => {
    simulator.faults.add({ kind: 'drip', everyMs: 60_000, status: 500 });
    const response = await start();
    expect(response.status).toBe(500);
    await response.body?.cancel();
  });

  it('resets the connection before any answer', async () => {
    simulator.faults.add({ kind: 'reset' });
    expect(await failureCode(start())).toBe('ECONNRESET');
    expect(simulator.requests()).toMatchObject([{ status: null, fault: 'reset' }]);
  });

  it('breaks off in the middle of an answer', async () => {
    simulator.faults.add({ kind: 'reset', when: 'mid-body' });
    const response = await start();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('hangs until the client gives up', async () => {
    simulator.faults.add({ kind: 'hang' });
    const controller = new AbortController();
    const attempt = start({ signal: controller.signal });
    await expect.poll(() => simulator.requests()).toMatchObject([{ fault: 'hang', status: null }]);
    controller.abort(new Error('given up'));
    await expect(attempt).rejects.toThrow('given up');
    expect(simulator.recipientView(chatId)).toEqual([]);
  });

  it('lets go of what hangs, drips or waits when the simulator closes', async () => {
    simulator.faults.add({ kind: 'hang' });
    simulator.faults.add({ kind: 'delay', delayMs: 60_000 });
    simulator.faults.add({ kind: 'drip', everyMs: 60_000 });
    const attempts = [start(), start(), start().then((response) => response.text())];
    const outcomes = Promise.allSettled(attempts);
    await expect.poll(() => simulator.requests()).toHaveLength(3);
    await simulator.close();
    expect((await outcomes).map((outcome) => outcome.status)).toEqual(
      attempts.map(() => 'rejected'),
    );
  });

  it('delays the real answer', async () => {
    simulator.faults.add({ kind: 'delay', delayMs: 40 });
    const before = performance.now();
    expect((await start()).status).toBe(204);
    expect(performance.now() - before).toBeGreaterThanOrEqual(35);
    expect(simulator.requests()).toMatchObject([{ status: 204, fault: 'delay' }]);
  });

  it('lets a delayed request take effect although its client has gone', async () => {
    simulator.faults.add({ kind: 'delay', delayMs: 300 });
    const controller = new AbortController();
    const attempt = start({ signal: controller.signal });
    await expect.poll(() => simulator.requests()).toHaveLength(1);
    controller.abort(new Error('given up'));
    await expect(attempt).rejects.toThrow('given up');
    expect(simulator.recipientView(chatId)).toEqual([]);
    await expect.poll(() => simulator.recipientView(chatId)).toHaveLength(1);
  });

  it('lets a request take effect at once although its answer is late', async () => {
    simulator.faults.add({ kind: 'delay', delayMs: 60_000, takesEffect: true });
    const controller = new AbortController();
    const attempt = start({ signal: controller.signal });
    await expect.poll(() => simulator.recipientView(chatId)).toHaveLength(1);
    controller.abort(new Error('given up'));
    await expect(attempt).rejects.toThrow('given up');
    simulator.faults.add({ kind: 'delay', delayMs: 1, takesEffect: true });
    expect((await start()).status).toBe(204);
    expect(simulator.history(chatId)).toHaveLength(2);
  });

  it('keeps the vendor from acting unless it takes effect', async () => {
    simulator.faults.add({ kind: 'reset' });
    await failureCode(start());
    expect(simulator.recipientView(chatId)).toEqual([]);
    simulator.faults.add({ kind: 'reset', takesEffect: true });
    await failureCode(start());
    expect(simulator.recipientView(chatId)).toHaveLength(1);
  });

  it('carries nothing of the answer it replaces', async () => {
    simulator.faults.add({ kind: 'status', status: 500, takesEffect: true });
    expect((await start()).headers.has('x-trace-id')).toBe(false);
    expect(simulator.recipientView(chatId)).toHaveLength(1);
  });
});

describe('The queue of faults', () => {
  it('hits as many requests as it is told, one fault each, in order', async () => {
    simulator.faults.add({ kind: 'status', status: 500, times: 2 });
    simulator.faults.add({ kind: 'status', status: 503 });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) statuses.push((await start()).status);
    expect(statuses).toEqual([500, 500, 503, 204]);
    expect(simulator.faults.list()).toEqual([]);
  });

  it('hits for ever until it is removed', async () => {
    const id = simulator.faults.add({ kind: 'status', status: 500, times: 'forever' });
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await start()).status).toBe(500);
    expect(simulator.faults.remove(id)).toBe(true);
    expect(simulator.faults.remove(id)).toBe(false);
    expect((await start()).status).toBe(204);
  });

  it.each<[string, Fault]>([
    ['vendor', { kind: 'status', status: 500, vendor: 'connectsafely' }],
    ['method', { kind: 'status', status: 500, method: 'delete' }],
    ['path', { kind: 'status', status: 500, path: '/messages' }],
    ['conversation', { kind: 'status', status: 500, conversation: 'another' }],
    ['vendor of its kind', { kind: 'failure', vendor: 'connectsafely', failure: 'success-false' }],
  ])('leaves requests of another %s alone', async (_title, fault) => {
    simulator.faults.add(fault);
    expect((await start()).status).toBe(204);
    expect(simulator.faults.list()).toHaveLength(1);
  });

  it('finds a conversation in the path at Linq and in the body at ConnectSafely', async () => {
    simulator.faults.add({ kind: 'status', status: 501, conversation: chatId.toUpperCase() });
    simulator.faults.add({ kind: 'status', status: 502, conversation: conversationUrn });
    expect(await linkedInTyping(simulator, { conversationUrn })).toMatchObject({ status: 502 });
    expect(await linqTyping(simulator, chatId)).toMatchObject({ status: 501 });
  });

  it('hits a DELETE and lets a POST through', async () => {
    simulator.faults.add({ kind: 'status', status: 500, vendor: 'linq', method: 'delete' });
    expect(await linqTyping(simulator, chatId)).toMatchObject({ status: 204 });
    expect(await linqTyping(simulator, chatId, { method: 'DELETE' })).toMatchObject({
      status: 500,
    });
  });

  it.each<[string, unknown]>([
    ['an unknown kind', { kind: 'explode' }],
    ['a misspelt field', { kind: 'hang', tiems: 2 }],
    ['a status that is none', { kind: 'status', status: 99 }],
    ['a header that cannot be sent', { kind: 'status', status: 429, headers: { 'a b': 'c' } }],
    ['a header value of two lines', { kind: 'status', status: 429, headers: { a: 'b\nc' } }],
    [
      'a failure that the vendor does not document',
      { kind: 'failure', vendor: 'linq', failure: 'success-false' },
    ],
  ])('refuses %s', (_title, fault) => {
    expect(() => simulator.faults.add(fault as Fault)).toThrow(TypeError);
    expect(simulator.faults.list()).toEqual([]);
  });
});

describe('The log of requests', () => {
  it('tells what came over the wire without the key', async () => {
    await linkedInTyping(simulator, { conversationUrn });
    await callLinq(simulator, 'GET', `/v3/chats/${chatId}?a=1`);
    expect(simulator.requests()).toMatchObject([
      {
        vendor: 'connectsafely',
        method: 'POST',
        path: '/linkedin/messaging/typing-indicator',
        conversation: conversationUrn,
        body: JSON.stringify({ conversationUrn }),
        status: 200,
        fault: null,
        headers: { authorization: 'Bearer [redacted]', 'content-type': 'application/json' },
      },
      {
        vendor: 'linq',
        method: 'GET',
        path: `/api/partner/v3/chats/${chatId}?a=1`,
        conversation: chatId,
        status: 200,
      },
    ]);
    const text = JSON.stringify(simulator.requests());
    expect(text).not.toContain(simulator.linq.apiKey);
    expect(text).not.toContain(simulator.connectsafely.apiKey);
  });

  it('redacts a credential of any form', async () => {
    const secret = 'top-secret';
    for (const headers of [
      { authorization: `Bearer${secret}` },
      { authorization: secret },
      { 'x-api-key': secret },
    ]) {
      await call(`${simulator.linq.baseUrl}/v3`, { headers });
    }
    expect(simulator.requests()).toHaveLength(3);
    expect(JSON.stringify(simulator.requests())).not.toContain(secret);
  });

  it('filters and forgets', async () => {
    await linqTyping(simulator, chatId);
    await linkedInTyping(simulator, { conversationUrn });
    expect(simulator.requests({ vendor: 'linq' })).toHaveLength(1);
    expect(simulator.requests({ method: 'post' })).toHaveLength(2);
    expect(simulator.requests({ conversation: conversationUrn })).toHaveLength(1);
    simulator.forgetRequests();
    expect(simulator.requests()).toEqual([]);
  });

  it('tells of a wrong base URL', async () => {
    expect(await call(`${simulator.url}/v3/chats/${chatId}/typing`)).toMatchObject({ status: 404 });
    expect(simulator.requests()).toMatchObject([{ vendor: null, status: 404 }]);
  });
});
