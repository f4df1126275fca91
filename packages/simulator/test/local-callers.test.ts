import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator } from '../src/index.ts';
import { linqTyping } from './vendor-calls.ts';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ speed: 0, keptRequests: 3 });
});
afterEach(async () => {
  await simulator.close();
});

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** `fetch` sets `Host` and `Origin` itself, so it cannot stand for a browser. */
async function send(
  url: string,
  { method = 'POST', headers = {}, body }: Sent = {},
): Promise<{ status: number | undefined; text: string }> {
  const outgoing = request(url, { method, headers });
  // What refuses a body may hang up before it has all of it.
  outgoing.on('error', () => {});
  outgoing.end(body);
  const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
  if (incoming === undefined) throw new Error('There is no answer.');
  return { status: incoming.statusCode, text: await text(incoming) };
}

const json = { 'content-type': 'application/json' };

describe('Who may ask the simulator', () => {
  it.each([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a sandboxed page', { origin: 'null' }],
    ['a page of another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a page whose browser says that it is another site', { 'sec-fetch-site': 'cross-site' }],
    ['a name that somebody points at this machine', { host: 'evil.example' }],
    ['such a name that looks like ours', { host: '127.0.0.1.evil.example' }],
    ['such a name with our port', { host: 'localhost.evil.example:80' }],
  ])('is not %s, neither behind nor before the scenes', async (_title, headers) => {
    const { chatId } = simulator.linq.createConversation();
    const { baseUrl, apiKey } = simulator.linq;
    const target = JSON.stringify({ targetUrl: 'https://victim.example/' });
    const asked = [
      send(`${simulator.controlUrl}/reset`, { headers }),
      send(`${simulator.controlUrl}/linq/webhooks`, {
        headers: { ...headers, ...json },
        body: target,
      }),
      send(`${baseUrl}/v3/chats/${chatId}/typing`, {
        headers: { ...headers, authorization: `Bearer ${apiKey}` },
      }),
      send(`${simulator.telegram.baseUrl}/bot${simulator.telegram.apiKey}/getMe`, { headers }),
      send(simulator.controlUrl, { method: 'GET', headers }),
    ];
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses).toEqual([403, 403, 403, 403, 403]);
    expect(simulator.linq.conversations()).toHaveLength(1);
    expect(simulator.linq.webhooks.subscriptions()).toEqual([]);
    expect(simulator.history(chatId)).toEqual([]);
  });

  it.each(['127.0.0.1', 'localhost:4010', '[::1]:4010', '127.0.0.2'])(
    'is a program that knows it as %s',
    async (host) => {
      const answer = await send(simulator.controlUrl, { method: 'GET', headers: { host } });
      expect(answer.status).toBe(200);
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    undefined,
  ])('has to declare JSON behind the scenes: %s is refused', async (type) => {
    const answer = await send(`${simulator.controlUrl}/clock/advance`, {
      headers: type === undefined ? {} : { 'content-type': type },
      body: '{"milliseconds":1}',
    });
    expect(answer).toEqual({
      status: 415,
      text: '{"error":"The content type must be application/json."}',
    });
  });
});

describe('What the simulator holds', () => {
  it.each(['with', 'without'])('is no body of more than 1 MiB, %s a length', async (length) => {
    const body = `"${'x'.repeat(1024 * 1024)}"`;
    const chunked = { 'transfer-encoding': 'chunked' };
    const { status } = await send(`${simulator.controlUrl}/faults`, {
      headers: { ...json, ...(length === 'with' ? {} : chunked) },
      body,
    });
    expect(status).toBe(413);
  });

  it('is the newest requests, and how many it has dropped', async () => {
    const { chatId } = simulator.linq.createConversation();
    for (const method of ['POST', 'DELETE', 'POST', 'POST', 'DELETE'] as const) {
      await linqTyping(simulator, chatId, { method });
    }
    expect(simulator.requests().map(({ method }) => method)).toEqual(['POST', 'POST', 'DELETE']);
    expect(simulator.droppedRequests()).toBe(2);
    expect(
      JSON.parse((await send(`${simulator.controlUrl}/requests`, { method: 'GET' })).text),
    ).toMatchObject({ requests: [{}, {}, {}], dropped: 2 });
    simulator.forgetRequests();
    expect([simulator.requests(), simulator.droppedRequests()]).toEqual([[], 0]);
  });

  it('is 64 KiB of a body, and none of the keys in it', async () => {
    const { chatId } = simulator.linq.createConversation();
    await send(`${simulator.linq.baseUrl}/v3/chats/${chatId}/messages`, {
      headers: { ...json, authorization: `Bearer ${simulator.linq.apiKey}` },
      body: JSON.stringify({ message: { parts: [{ type: 'text', value: 'x'.repeat(100_000) }] } }),
    });
    expect(simulator.requests()[0]?.body).toHaveLength(64 * 1024);
  });

  it.each([0, -1, 1.5, Number.NaN])('is not %s requests', async (keptRequests) => {
    await expect(startSimulator({ keptRequests })).rejects.toThrow(
      'keptRequests is a whole number',
    );
  });
});
