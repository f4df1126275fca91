import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { LinkedInAccountChange, Simulator } from '../src/index.ts';
import { call, linkedInTyping } from './vendor-calls.ts';
import type { Answer } from './vendor-calls.ts';

let simulator: Simulator;
let accountId: string;

beforeEach(async () => {
  simulator = await startSimulator({ speed: 0 });
  accountId = simulator.connectsafely.settings().defaultAccountId;
});
afterEach(async () => {
  await simulator.close();
});

function read(path: string): Promise<Answer> {
  const { apiKey, baseUrl } = simulator.connectsafely;
  return call(`${baseUrl}${path}`, { headers: { authorization: `Bearer ${apiKey}` } });
}

describe('The status of a simulated LinkedIn account', () => {
  it.each([
    ['of the default account', () => '/account/status'],
    ['by query', () => `/account/status?accountId=${accountId}`],
    ['by path', () => `/account/${accountId}/status`],
  ])('is told %s', async (_title, path) => {
    const answer = await read(path());
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.json).toEqual({
      id: accountId,
      firstName: 'John',
      lastName: 'Doe',
      publicId: 'john-doe-123',
      platform: 'ConnectSafely',
      status: 'AVAILABLE',
      enabled: true,
      lastUsed: new Date(simulator.clock.now()).toISOString(),
      hasTokens: true,
    });
  });

  it('is what the test made it', async () => {
    simulator.connectsafely.createAccount('696ce9e780e0483585e4e554', { status: 'WARMUP' });
    expect((await read('/account/696ce9e780e0483585e4e554/status')).json).toMatchObject({
      status: 'WARMUP',
      hasTokens: true,
    });
    simulator.connectsafely.changeAccount(accountId, { enabled: false });
    expect((await read('/account/status')).json).toMatchObject({ enabled: false });
    expect(() => simulator.connectsafely.changeAccount('nobody', {})).toThrow('nobody');
  });

  it.each([
    ['/account/696ce9e780e0483585e4e550/status', 404],
    ['/account/status?accountId=nobody', 404],
    ['/account/nobody/status', 400],
  ])('is not told at %s', async (path, status) => {
    expect(await read(path)).toMatchObject({ status, json: { error: expect.any(String) } });
  });

  it('is not told after the trial, or without a key', async () => {
    const anonymous = await call(`${simulator.connectsafely.baseUrl}/account/status`);
    expect(anonymous).toMatchObject({ status: 401 });
    simulator.connectsafely.configure({ trialExpired: true });
    expect(await read('/account/status')).toMatchObject({ status: 403 });
  });

  it('can fail on demand', async () => {
    simulator.faults.add({ kind: 'status', status: 500, method: 'GET', path: '/account/' });
    expect(await read('/account/status')).toMatchObject({ status: 500 });
  });
});

describe('The conversations of a simulated LinkedIn account', () => {
  it('are listed with the profile whose mailbox it is, newest first, page by page', async () => {
    const older = simulator.connectsafely.createConversation();
    const newer = simulator.connectsafely.createConversation();
    simulator.connectsafely.createAccount('second');
    simulator.connectsafely.createConversation({ accountId: 'second' });
    const first = await read('/messaging/recent-messages?count=1');
    expect(first.json).toMatchObject({
      success: true,
      accountId,
      profileUrn: simulator.connectsafely.accounts()[0]?.profileUrn,
      conversations: [
        { conversationUrn: newer.conversationUrn, lastActivityAt: newer.createdAtMs },
      ],
      total: 1,
      nextCursor: '1',
    });
    const thread = /,(.*)\)/.exec(older.conversationUrn)?.[1] ?? '';
    const second = await read('/messaging/recent-messages?count=1&nextCursor=1');
    expect(second.json).toMatchObject({
      conversations: [
        {
          conversationId: thread,
          backendConversationUrn: `urn:li:messagingThread:${thread}`,
          conversationUrn: older.conversationUrn,
        },
      ],
      nextCursor: null,
    });
  });

  // https://connectsafely.ai/docs/webhooks/events
  it('get messages, whose webhook names the thread and not the conversation', async () => {
    const { connectsafely } = simulator;
    const { conversationUrn, recipientProfileUrn } = connectsafely.createConversation();
    const inbound = connectsafely.receiveMessage(conversationUrn, 'Are you there?');
    const { json } = await read('/messaging/recent-messages');
    expect(inbound).toEqual({
      event: 'message.received',
      object: 'event',
      data: {
        id: expect.stringMatching(/^urn:li:messagingMessage:2-./),
        message_urn: expect.stringMatching(/^urn:li:messagingMessage:2-./),
        account_id: accountId,
        provider: 'LINKEDIN',
        sender: {
          id: recipientProfileUrn,
          name: 'Jane Doe',
          profile_url: null,
          profile_picture: null,
        },
        body: 'Are you there?',
        timestamp: new Date(simulator.clock.now()).toISOString(),
        conversation_id: expect.stringMatching(/^urn:li:messagingThread:2-./),
        attachments: [],
      },
    });
    expect(json).toMatchObject({
      conversations: [{ conversationUrn, backendConversationUrn: threadOf(inbound) }],
    });
    expect(() => connectsafely.receiveMessage('nobody')).toThrow('no conversation nobody');
  });

  it('are not listed for an account that is not there', async () => {
    expect(await read('/messaging/recent-messages?accountId=nobody')).toMatchObject({
      status: 404,
    });
  });

  it.each<LinkedInAccountChange>([{ status: 'ERROR' }, { enabled: false }, { hasTokens: false }])(
    'are out of reach of an account with %j, and so is typing',
    async (change) => {
      const { conversationUrn } = simulator.connectsafely.createConversation();
      simulator.connectsafely.changeAccount(accountId, change);
      expect(await read('/messaging/recent-messages')).toMatchObject({ status: 500 });
      expect(await linkedInTyping(simulator, { conversationUrn })).toMatchObject({ status: 500 });
      expect(simulator.history(conversationUrn)).toEqual([]);
    },
  );

  it('stay dark where one of the two has switched typing off, and nothing tells', async () => {
    const options = { typingIndicators: false };
    const { conversationUrn } = simulator.connectsafely.createConversation(options);
    expect(await linkedInTyping(simulator, { conversationUrn })).toMatchObject({ status: 200 });
    expect(simulator.recipientView(conversationUrn)).toEqual([]);
    expect(simulator.history(conversationUrn)).toMatchObject([{ hiddenBecause: 'turned-off' }]);
  });
});

/** The thread that a webhook names. */
function threadOf(inbound: object): unknown {
  return 'data' in inbound && Reflect.get(Object(inbound.data), 'conversation_id');
}
