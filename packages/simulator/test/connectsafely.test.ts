import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator } from '../src/index.ts';
import { callConnectSafely, linkedInTyping } from './vendor-calls.ts';
import type { Answer } from './vendor-calls.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ now: () => NOON });
});
afterEach(async () => {
  await simulator.close();
});

function wrongType(field: string, received: string): unknown {
  return {
    code: 'invalid_type',
    expected: 'string',
    received,
    path: [field],
    message: `Expected string, received ${received}`,
  };
}

function send(body: unknown): Promise<Answer> {
  return callConnectSafely(simulator, '/messaging/send-with-typing', body);
}

describe('The typing endpoint of ConnectSafely', () => {
  it('answers 200 and echoes the URN and the account really used', async () => {
    const { conversationUrn, accountId } = simulator.connectsafely.createConversation();
    const expected = {
      success: true,
      accountId,
      conversationUrn,
      message: 'Typing indicator sent successfully',
    };
    const implicit = await linkedInTyping(simulator, { conversationUrn });
    expect([implicit.status, implicit.json]).toEqual([200, expected]);
    const explicit = await linkedInTyping(simulator, { conversationUrn, accountId });
    expect([explicit.status, explicit.json]).toEqual([200, expected]);
  });

  it('makes URNs of the shape that real ones have', () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    expect(conversationUrn).toMatch(
      /^urn:li:msg_conversation:\(urn:li:fsd_profile:[\w-]+,2-[A-Za-z\d+/]+=*\)$/,
    );
  });

  it('follows the default account when it changes', async () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    const other = simulator.connectsafely.createAccount();
    simulator.connectsafely.configure({ defaultAccountId: other.accountId });
    const answer = await linkedInTyping(simulator, { conversationUrn });
    expect(answer).toMatchObject({ status: 500, json: { accountId: other.accountId } });
  });

  it('answers 401 without `success` for a wrong and a missing credential', async () => {
    for (const authorization of ['Bearer nope', '']) {
      const answer = await callConnectSafely(
        simulator,
        '/messaging/typing-indicator',
        {},
        { headers: { authorization } },
      );
      expect([answer.status, answer.json]).toEqual([
        401,
        { error: 'Unauthorized - Invalid credentials' },
      ]);
    }
  });

  it.each([
    ['without the URN', {}],
    ['with an empty URN', { conversationUrn: '' }],
  ])('answers 400 with a string for a body %s', async (_title, body) => {
    const answer = await linkedInTyping(simulator, body);
    expect([answer.status, answer.json]).toEqual([
      400,
      { success: false, error: 'conversationUrn is required' },
    ]);
  });

  it('takes a body that is not declared as JSON for an empty one', async () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    const answer = await callConnectSafely(
      simulator,
      '/messaging/typing-indicator',
      { conversationUrn },
      { headers: { 'content-type': 'text/plain' } },
    );
    expect(answer).toMatchObject({ status: 400, json: { error: 'conversationUrn is required' } });
  });

  it('answers 400 with the object of a validator for fields of the wrong type', async () => {
    const answer = await linkedInTyping(simulator, { conversationUrn: 42, accountId: null });
    expect([answer.status, answer.json]).toEqual([
      400,
      {
        success: false,
        error: {
          name: 'ZodError',
          issues: [wrongType('conversationUrn', 'number'), wrongType('accountId', 'null')],
        },
      },
    ]);
  });

  it.each([
    ['malformed JSON', '{"conversationUrn":', 'Invalid JSON in request body'],
    ['a list', '[]', { name: 'ZodError', issues: [expect.objectContaining({ path: [] })] }],
  ])('answers 400 for %s', async (_title, body, error) => {
    const answer = await linkedInTyping(simulator, body);
    expect([answer.status, answer.json]).toEqual([400, { success: false, error }]);
  });

  it('answers 400 in the shape of the overview page on demand', async () => {
    simulator.connectsafely.configure({ errorShape: 'overview' });
    expect((await linkedInTyping(simulator, {})).json).toEqual({
      success: false,
      code: 'validation_error',
      message: 'conversationUrn is required',
    });
  });

  it('answers 403 to everything once the trial has expired', async () => {
    simulator.connectsafely.configure({ trialExpired: true });
    for (const path of ['/messaging/typing-indicator', '/messaging/send-with-typing', '/other']) {
      expect(await callConnectSafely(simulator, path, {})).toMatchObject({
        status: 403,
        json: { error: 'Your trial has expired. Please subscribe to continue using this feature.' },
      });
    }
  });

  it('answers 404 for an account that is not connected', async () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    const answer = await linkedInTyping(simulator, { conversationUrn, accountId: 'acc_1' });
    expect([answer.status, answer.json]).toEqual([404, { error: 'Account not found' }]);
  });

  it('answers 500 with `message` for a URN of another mailbox and for an unknown one', async () => {
    const { accountId } = simulator.connectsafely.createAccount();
    const foreign = simulator.connectsafely.createConversation({ accountId });
    for (const conversationUrn of [foreign.conversationUrn, 'urn:li:example:123456']) {
      const answer = await linkedInTyping(simulator, { conversationUrn });
      expect([answer.status, answer.json]).toEqual([
        500,
        {
          success: false,
          accountId: simulator.connectsafely.settings().defaultAccountId,
          conversationUrn,
          message: 'Failed to send typing indicator',
        },
      ]);
    }
    expect(simulator.recipientView(foreign.conversationUrn)).toEqual([]);
  });

  it('answers 404 to DELETE, because there is no stop', async () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    await linkedInTyping(simulator, { conversationUrn });
    const body = { conversationUrn };
    const path = '/messaging/typing-indicator';
    expect(await callConnectSafely(simulator, path, body, { method: 'DELETE' })).toMatchObject({
      status: 404,
    });
    expect(simulator.recipientView(conversationUrn)).toMatchObject([{ toMs: null }]);
  });

  it('has no rate limit and no headers of one unless it is given one', async () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    const answer = await linkedInTyping(simulator, { conversationUrn });
    expect([...answer.headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
  });

  it('answers 429 for the account over its limit, with the reset as ISO 8601', async () => {
    simulator.connectsafely.configure({ typingRateLimit: { requests: 1, perMs: 60_000 } });
    const { conversationUrn } = simulator.connectsafely.createConversation();
    const taken = await linkedInTyping(simulator, { conversationUrn });
    expect(taken.headers.get('x-ratelimit-remaining')).toBe('0');
    const refused = await linkedInTyping(simulator, { conversationUrn });
    expect([refused.status, refused.json]).toEqual([
      429,
      {
        success: false,
        error: 'Rate limit exceeded for TYPING_INDICATOR: 1/1 used. Resets at 2026-11-20T12:01:00Z',
      },
    ]);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'x-ratelimit-action': 'TYPING_INDICATOR',
      'x-ratelimit-limit': '1',
      'x-ratelimit-used': '1',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '2026-11-20T12:01:00Z',
    });
    expect(refused.headers.has('retry-after')).toBe(false);

    const { accountId } = simulator.connectsafely.createAccount();
    const other = simulator.connectsafely.createConversation({ accountId });
    expect(await linkedInTyping(simulator, { ...other })).toMatchObject({ status: 200 });
    simulator.clock.advance(60_000);
    expect(await linkedInTyping(simulator, { conversationUrn })).toMatchObject({ status: 200 });
  });

  it('answers 429 with Unix seconds, Retry-After and holdUntil on demand', async () => {
    simulator.connectsafely.configure({
      typingRateLimit: { requests: 0, perMs: 60_000 },
      resetFormat: 'unix-seconds',
      retryAfter: true,
      holdUntil: true,
    });
    const { conversationUrn } = simulator.connectsafely.createConversation();
    const refused = await linkedInTyping(simulator, { conversationUrn });
    expect(refused).toMatchObject({ status: 429, json: { holdUntil: '2026-11-20T12:01:00Z' } });
    expect(refused.headers.get('x-ratelimit-reset')).toBe(String(NOON / 1000 + 60));
    expect(refused.headers.get('retry-after')).toBe('60');
  });

  it('answers 200 with `success: false` as a fault, and nothing shows', async () => {
    simulator.faults.add({ kind: 'failure', vendor: 'connectsafely', failure: 'success-false' });
    const { conversationUrn, accountId } = simulator.connectsafely.createConversation();
    const answer = await linkedInTyping(simulator, { conversationUrn });
    expect([answer.status, answer.json]).toEqual([
      200,
      { success: false, accountId, conversationUrn, message: 'Failed to send typing indicator' },
    ]);
    expect(simulator.recipientView(conversationUrn)).toEqual([]);
  });
});

describe('The send-with-typing endpoint of ConnectSafely', () => {
  it('sends, clears the bubble and says that it typed', async () => {
    const { conversationUrn, recipientProfileUrn } = simulator.connectsafely.createConversation();
    await linkedInTyping(simulator, { conversationUrn });
    simulator.clock.advance(2000);
    const answer = await send({ message: 'Hello', recipientProfileUrn, conversationUrn });
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        success: true,
        message: 'Message sent successfully',
        recipientProfileUrn,
        typingIndicatorSent: true,
      },
    ]);
    expect(simulator.recipientView(conversationUrn)).toEqual([
      { fromMs: NOON, toMs: NOON + 2000, endedBy: 'message' },
    ]);
  });

  it('sends without typing when it is not told the conversation, and still clears', async () => {
    const { conversationUrn, recipientProfileUrn } = simulator.connectsafely.createConversation();
    await linkedInTyping(simulator, { conversationUrn });
    simulator.clock.advance(1000);
    const recipientProfileId = recipientProfileUrn.replace('urn:li:fsd_profile:', '');
    expect(await send({ message: 'Hello', recipientProfileId })).toMatchObject({
      status: 200,
      json: { typingIndicatorSent: false, recipientProfileUrn },
    });
    expect(simulator.recipientView(conversationUrn)).toMatchObject([{ endedBy: 'message' }]);
  });

  it.each([
    [{ recipientProfileId: 'x' }, 'message is required'],
    [{ message: 'Hello' }, 'recipientProfileId or recipientProfileUrn is required'],
    [{ message: 1, recipientProfileId: 'x' }, expect.objectContaining({ name: 'ZodError' })],
  ])('refuses %j', async (body, error) => {
    expect(await send(body)).toMatchObject({ status: 400, json: { success: false, error } });
  });

  it('counts messages by UTC day', async () => {
    simulator.connectsafely.configure({ messagesPerDay: 1 });
    const body = { message: 'Hello', recipientProfileId: 'x' };
    const first = await send(body);
    expect(first.headers.get('x-ratelimit-reset')).toBe('2026-11-21T00:00:00Z');
    expect(await send(body)).toMatchObject({ status: 429 });
    simulator.clock.advance(12 * 3_600_000);
    expect(await send(body)).toMatchObject({ status: 200 });
  });
});
