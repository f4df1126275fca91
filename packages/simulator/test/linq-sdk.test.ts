import { randomUUID } from 'node:crypto';

import {
  LinqAPIV3,
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from '@linqapp/sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { LinqChatOptions, Simulator } from '../src/index.ts';

let simulator: Simulator;
let client: LinqAPIV3;

function clientWith(apiKey: string): LinqAPIV3 {
  return new LinqAPIV3({ apiKey, baseURL: simulator.linq.baseUrl, maxRetries: 0, logLevel: 'off' });
}

beforeEach(async () => {
  simulator = await startSimulator({ linq: { era: 'april' } });
  client = clientWith(simulator.linq.apiKey);
});
afterEach(async () => {
  await simulator.close();
});

/** The error's class by the SDK and what it read of the answer. */
async function failure(attempt: Promise<unknown>): Promise<Record<string, unknown>> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof APIError)) throw new Error('The SDK gave no API error.');
  const { status, headers } = error;
  // The SDK types neither: `error` is the whole body as parsed.
  const body = error.error as { error?: { code?: number }; trace_id?: string } | undefined;
  return {
    type: error.constructor,
    status,
    code: body?.error?.code,
    isTraced: body?.trace_id !== undefined && headers?.get('x-trace-id') === body.trace_id,
  };
}

describe('The official SDK of Linq against the simulator', () => {
  it('starts and stops', async () => {
    const { chatId } = simulator.linq.createConversation();
    const { response } = await client.chats.typing.start(chatId).withResponse();
    expect(response.status).toBe(204);
    expect(response.headers.get('x-trace-id')).toMatch(/^[\da-f]{32}$/);
    expect(simulator.recipientView(chatId)).toMatchObject([{ toMs: null }]);
    simulator.clock.advance(1000);
    await client.chats.typing.stop(chatId);
    expect(simulator.recipientView(chatId)).toMatchObject([{ endedBy: 'stopped' }]);
    expect(simulator.requests()).toMatchObject([
      { method: 'POST', body: '', headers: { 'user-agent': expect.stringContaining('LinqAPIV3') } },
      { method: 'DELETE', body: '' },
    ]);
  });

  it('sends a message, which clears, and reads the chat', async () => {
    const { chatId } = simulator.linq.createConversation();
    await client.chats.typing.start(chatId);
    simulator.clock.advance(1000);
    const sent = await client.chats.messages.send(chatId, {
      message: { parts: [{ type: 'text', value: 'Hello' }] },
    });
    expect(sent.message.parts).toEqual([{ type: 'text', value: 'Hello', reactions: null }]);
    expect(simulator.recipientView(chatId)).toMatchObject([{ endedBy: 'message' }]);
    const chat = await client.chats.retrieve(chatId);
    expect(chat).toMatchObject({ id: chatId, is_group: false, service: 'iMessage' });
    expect(chat.handles).toHaveLength(2);
  });

  it('gets AuthenticationError for a wrong key', async () => {
    const { chatId } = simulator.linq.createConversation();
    expect(await failure(clientWith('wrong').chats.typing.start(chatId))).toEqual({
      type: AuthenticationError,
      status: 401,
      code: 2004,
      isTraced: true,
    });
  });

  it.each<[string, LinqChatOptions, unknown, number, number]>([
    ['a group', { group: true }, PermissionDeniedError, 403, 2005],
    ['a foreign chat', { apiKey: 'theirs' }, PermissionDeniedError, 403, 2005],
    ['a chat that was left', { state: 'left' }, ConflictError, 409, 2013],
    ['a chat being created', { state: 'creating' }, ConflictError, 409, 2009],
  ])('gets its typed error for %s', async (_title, options, type, status, code) => {
    const { chatId } = simulator.linq.createConversation(options);
    const expected = { type, status, code, isTraced: true };
    expect(await failure(client.chats.typing.start(chatId))).toEqual(expected);
    expect(await failure(client.chats.typing.stop(chatId))).toEqual(expected);
  });

  it('gets NotFoundError for an unknown chat', async () => {
    expect(await failure(client.chats.typing.start(randomUUID()))).toEqual({
      type: NotFoundError,
      status: 404,
      code: 2001,
      isTraced: true,
    });
  });

  it('gets BadRequestError for an id that is no UUID', async () => {
    expect(await failure(client.chats.typing.start('a/b'))).toMatchObject({
      type: BadRequestError,
      code: 1005,
    });
  });

  it('gets RateLimitError over the limit', async () => {
    simulator.linq.configure({ rateLimit: { requests: 1, perMs: 60_000 } });
    const { chatId } = simulator.linq.createConversation();
    await client.chats.typing.start(chatId);
    expect(await failure(client.chats.typing.start(chatId))).toEqual({
      type: RateLimitError,
      status: 429,
      code: 1007,
      isTraced: true,
    });
  });

  it.each([500, 502, 503, 504])('gets InternalServerError for %i', async (status) => {
    const { chatId } = simulator.linq.createConversation();
    const body = { success: false, error: { status, code: 3006, message: 'Internal error' } };
    simulator.faults.add({ kind: 'status', status, body });
    expect(await failure(client.chats.typing.start(chatId))).toEqual({
      type: InternalServerError,
      status,
      code: 3006,
      isTraced: false,
    });
  });

  it('gets APIConnectionError from a reset and a timeout from a hang', async () => {
    const { chatId } = simulator.linq.createConversation();
    simulator.faults.add({ kind: 'reset' });
    expect(await failure(client.chats.typing.start(chatId))).toMatchObject({
      type: APIConnectionError,
    });
    simulator.faults.add({ kind: 'hang' });
    expect(await failure(client.chats.typing.start(chatId, { timeout: 50 }))).toMatchObject({
      type: APIConnectionTimeoutError,
    });
  });
});
