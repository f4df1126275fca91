import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { LinqChatOptions, Simulator } from '../src/index.ts';
import { call, callLinq, linqMessage, linqTyping } from './vendor-calls.ts';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ speed: 0 });
});
afterEach(async () => {
  await simulator.close();
});

const TRACE = /^[\da-f]{32}$/;

function envelope(status: number, code: number, message: string): unknown {
  return {
    success: false,
    error: {
      status,
      code,
      message,
      doc_url: `https://docs.linqapp.com/error/codes/${String(code).slice(0, 1)}xxx/${String(code)}/`,
    },
    trace_id: expect.stringMatching(TRACE),
  };
}

describe('The typing endpoint of Linq', () => {
  it.each(['POST', 'DELETE'] as const)(
    'answers %s with an empty 204 and a trace',
    async (method) => {
      const { chatId } = simulator.linq.createConversation();
      const answer = await linqTyping(simulator, chatId, { method });
      expect(answer).toMatchObject({ status: 204, text: '' });
      expect(answer.headers.get('x-trace-id')).toMatch(TRACE);
      expect(answer.headers.get('content-type')).toBeNull();
    },
  );

  it('answers 401 and 2004 for a wrong, a missing and an unlike credential', async () => {
    const { chatId } = simulator.linq.createConversation();
    const url = `${simulator.linq.baseUrl}/v3/chats/${chatId}/typing`;
    const unauthorized = envelope(
      401,
      2004,
      'Unauthorized - missing or invalid authentication token',
    );
    const basic = { authorization: `Basic ${simulator.linq.apiKey}` };
    for (const answer of [
      await linqTyping(simulator, chatId, { key: 'not-a-key' }),
      await call(url, { method: 'POST' }),
      await call(url, { method: 'POST', headers: basic }),
    ]) {
      expect(answer).toMatchObject({ status: 401, json: unauthorized });
    }
    expect(simulator.history(chatId)).toEqual([]);
  });

  it('answers 404 and 2001 for a chat nobody knows', async () => {
    const answer = await linqTyping(simulator, randomUUID());
    expect(answer).toMatchObject({ status: 404, json: envelope(404, 2001, 'Resource not found') });
  });

  it('answers 400 and 1005 for an id that is no UUID', async () => {
    const answer = await linqTyping(simulator, '12345');
    expect(answer).toMatchObject({
      status: 400,
      json: envelope(400, 1005, 'chatId is not a valid UUID'),
    });
  });

  it('takes a UUID in any case', async () => {
    const { chatId } = simulator.linq.createConversation();
    expect(await linqTyping(simulator, chatId.toUpperCase())).toMatchObject({ status: 204 });
    expect(simulator.recipientView(chatId.toUpperCase())).toHaveLength(1);
  });

  it('answers 403 and 2005 for a chat of another account', async () => {
    simulator.linq.configure({ apiKeys: ['first', 'second'] });
    const { chatId } = simulator.linq.createConversation({ apiKey: 'second' });
    expect(await linqTyping(simulator, chatId, { key: 'first' })).toMatchObject({
      status: 403,
      json: envelope(403, 2005, 'Access denied - insufficient permissions for this resource'),
    });
    expect(await linqTyping(simulator, chatId, { key: 'second' })).toMatchObject({ status: 204 });
  });

  it.each<[string, LinqChatOptions, number, string]>([
    ['that is still being created', { state: 'creating' }, 2009, 'Chat is still being created'],
    ['that was left', { state: 'left' }, 2013, 'Chat unavailable'],
  ])('answers 409 for a chat %s', async (_title, options, code, message) => {
    const { chatId } = simulator.linq.createConversation(options);
    for (const method of ['POST', 'DELETE'] as const) {
      expect(await linqTyping(simulator, chatId, { method })).toMatchObject({
        status: 409,
        json: envelope(409, code, message),
      });
    }
    simulator.linq.changeConversation(chatId, { state: 'ready' });
    expect(await linqTyping(simulator, chatId)).toMatchObject({ status: 204 });
  });

  it.each([
    ['april', 403],
    ['july', 403],
    ['august', 204],
  ] as const)('in the era of %s answers a group with %i', async (era, status) => {
    simulator.linq.configure({ era });
    const { chatId } = simulator.linq.createConversation({ group: true });
    expect(await linqTyping(simulator, chatId)).toMatchObject({ status });
    expect(await linqTyping(simulator, chatId, { method: 'DELETE' })).toMatchObject({ status });
    expect(simulator.recipientView(chatId)).toHaveLength(0);
  });

  it('lets groups be set apart from the era', async () => {
    simulator.linq.configure({ era: 'april', groups: true });
    const { chatId } = simulator.linq.createConversation({ group: true });
    expect(await linqTyping(simulator, chatId)).toMatchObject({ status: 204 });
  });

  it('answers 429 and 1007 with the seconds to wait, by key, until they have passed', async () => {
    simulator.linq.configure({
      apiKeys: ['busy', 'idle'],
      rateLimit: { requests: 2, perMs: 60_000 },
    });
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    simulator.clock.advance(14_500);
    await linqTyping(simulator, chatId);
    const refused = await linqTyping(simulator, chatId);
    expect(refused).toMatchObject({
      status: 429,
      json: {
        error: {
          status: 429,
          code: 1007,
          message: 'Rate limited. Try again in 46 seconds.',
          retry_after: 46,
        },
      },
    });
    expect(refused.headers.get('retry-after')).toBe('46');
    expect(await linqTyping(simulator, chatId, { key: 'idle' })).toMatchObject({ status: 403 });
    simulator.clock.advance(46_000);
    expect(await linqTyping(simulator, chatId)).toMatchObject({ status: 204 });
  });

  it('leaves doc_url and trace_id out on demand, but never the header', async () => {
    simulator.linq.configure({ docUrl: false, traceId: false });
    const answer = await linqTyping(simulator, randomUUID());
    expect(answer.json).toEqual({
      success: false,
      error: { status: 404, code: 2001, message: 'Resource not found' },
    });
    expect(answer.headers.get('x-trace-id')).toMatch(TRACE);
  });

  it.each([
    ['GET', `/v3/chats/${randomUUID()}/typing`],
    ['POST', '/v3/chats//typing'],
    ['POST', '/v2/chats/1/typing'],
    ['POST', '/v3/v3/chats'],
  ])('answers %s %s with the 404 envelope', async (method, path) => {
    expect(await callLinq(simulator, method, path)).toMatchObject({
      status: 404,
      json: envelope(404, 2001, 'Resource not found'),
    });
  });
});

describe('The message endpoint of Linq', () => {
  it('answers the message as pending', async () => {
    const { chatId } = simulator.linq.createConversation();
    const answer = await linqMessage(simulator, chatId);
    expect(answer).toMatchObject({
      status: 202,
      json: {
        chat_id: chatId,
        message: {
          delivery_status: 'pending',
          sent_at: null,
          parts: [{ type: 'text', value: 'Hello', reactions: null }],
          from_handle: { is_me: true },
        },
      },
    });
  });

  it.each([
    ['not JSON', '{"message":', 1003],
    ['without content', '{}', 1001],
    ['without parts', '{"message":{}}', 1001],
    ['with no part', '{"message":{"parts":[]}}', 1004],
    ['with a part of another kind', '{"message":{"parts":[{"type":"media"}]}}', 1004],
  ])('refuses a body %s', async (_title, body, code) => {
    const { chatId } = simulator.linq.createConversation({ lastSentAgoMs: null });
    const answer = await callLinq(simulator, 'POST', `/v3/chats/${chatId}/messages`, { body });
    expect(answer).toMatchObject({ status: 400, json: { error: { code } } });
    expect(simulator.linq.conversations()).toMatchObject([{ lastSentAtMs: null }]);
  });

  it('refuses a chat that was left', async () => {
    const { chatId } = simulator.linq.createConversation({ state: 'left' });
    expect(await linqMessage(simulator, chatId)).toMatchObject({ status: 409 });
  });
});

describe('The chat endpoint of Linq', () => {
  it('tells group, service, health and sides as a bare object', async () => {
    const { chatId } = simulator.linq.createConversation({ group: true, health: 'OPTED_OUT' });
    const answer = await callLinq(simulator, 'GET', `/v3/chats/${chatId}`);
    expect(answer).toMatchObject({
      status: 200,
      json: {
        id: chatId,
        is_group: true,
        service: 'iMessage',
        health_status: { status: 'OPTED_OUT' },
        handles: [{ is_me: true }, { is_me: false }, { is_me: false }],
      },
    });
  });

  it('can be stale about the service and unsure of it', async () => {
    const stale = simulator.linq.createConversation({
      service: 'SMS',
      reportedService: 'iMessage',
    });
    const unsure = simulator.linq.createConversation({ reportedService: null });
    expect(await callLinq(simulator, 'GET', `/v3/chats/${stale.chatId}`)).toMatchObject({
      json: { service: 'iMessage' },
    });
    expect(await callLinq(simulator, 'GET', `/v3/chats/${unsure.chatId}`)).toMatchObject({
      json: { service: null },
    });
  });

  it('still answers for a chat that was left, and says when', async () => {
    const { chatId } = simulator.linq.createConversation();
    simulator.clock.advance(1000);
    simulator.linq.changeConversation(chatId, { state: 'left' });
    const leftAt = new Date(simulator.clock.now()).toISOString();
    expect(await callLinq(simulator, 'GET', `/v3/chats/${chatId}`)).toMatchObject({
      status: 200,
      json: { handles: [{ is_me: true, status: 'left', left_at: leftAt }, { status: 'active' }] },
    });
  });

  it.each([404, 403, 400] as const)(
    'refuses with %i as the typing endpoint does',
    async (status) => {
      const { chatId } = simulator.linq.createConversation({ apiKey: 'of somebody else' });
      const path = { 404: randomUUID(), 403: chatId, 400: 'x' }[status];
      expect(await callLinq(simulator, 'GET', `/v3/chats/${path}`)).toMatchObject({ status });
    },
  );
});
