import type { ProviderFacts, VendorFailure } from '@typingkit/testing';
import { connectSafely, connectSafelyAddress, type ConnectSafelyTarget } from '../../src/index.ts';

const conversationUrn =
  'urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAATPlQ0Bc8wdg-Iy8wZgEDuSdIVWJiE1Aio,2-NzkzMDFlNzAtZjU2OS00MjIwLWE2ZDctYzZkMWE1ZDljZDAyXzEwMA==)';
const otherUrn =
  'urn:li:msg_conversation:(urn:li:fsd_profile:ACoAABpGQcMBI08myTal7qDJ5zb9lJiM24nFjJI,2-YTlkMzliMTAtMjA4Zi00ODc4LTgxZDgtZTI4ZDY0Zjg1YTE4XzEwMA==)';
const accountId = '696ce9e780e0483585e4e553';
// The vendor's clock: waits are measured against it.
const date = 'Mon, 27 Apr 2026 15:00:00 GMT';

const accepted = {
  success: true,
  accountId,
  conversationUrn,
  message: 'Typing indicator sent successfully',
};
const soundAccount = { success: true, status: 'AVAILABLE', enabled: true, hasTokens: true };
const mailbox = 'urn:li:fsd_profile:ACoAAATPlQ0Bc8wdg-Iy8wZgEDuSdIVWJiE1Aio';
const failures: readonly VendorFailure[] = [
  {
    name: '400 with a text',
    answer: { status: 400, json: { success: false, error: 'conversationUrn is required' } },
    code: 'rejected',
    message: 'conversationUrn is required',
  },
  {
    name: '400 with a Zod error',
    answer: {
      status: 400,
      json: {
        success: false,
        error: {
          name: 'ZodError',
          issues: [
            {
              code: 'invalid_type',
              expected: 'string',
              received: 'undefined',
              path: ['profileId'],
              message: 'Required',
            },
          ],
        },
      },
    },
    code: 'rejected',
    message: 'profileId: Required',
  },
  {
    name: '400 with a code and a message',
    answer: {
      status: 400,
      json: { success: false, code: 'validation_error', message: 'The request is not valid' },
    },
    code: 'rejected',
    vendorCode: 'validation_error',
    message: 'The request is not valid',
  },
  {
    name: '401, which has no success field',
    answer: { status: 401, json: { error: 'Unauthorized - Invalid credentials' } },
    code: 'unauthenticated',
    message: 'Unauthorized - Invalid credentials',
  },
  {
    name: '403 of a trial that is over',
    answer: { status: 403, json: { success: false, error: 'Your trial has expired' } },
    code: 'forbidden',
  },
  {
    name: '404 of an account',
    answer: { status: 404, json: { success: false, error: 'Account not found' } },
    code: 'not-found',
  },
  {
    name: '429 with Retry-After',
    answer: {
      status: 429,
      headers: { 'retry-after': '12', 'x-ratelimit-reset': '2026-04-28T00:00:00Z', date },
      json: { success: false, error: 'Rate limit exceeded' },
    },
    code: 'rate-limited',
    retryAfterMs: 12_000,
  },
  {
    name: '429 with X-RateLimit-Reset in ISO 8601',
    answer: {
      status: 429,
      headers: { 'x-ratelimit-reset': '2026-04-27T15:01:00Z', date },
      json: { success: false, error: 'Rate limit exceeded' },
    },
    code: 'rate-limited',
    retryAfterMs: 60_000,
  },
  {
    name: '429 with X-RateLimit-Reset in Unix seconds',
    answer: {
      status: 429,
      headers: { 'x-ratelimit-reset': String(Date.parse(date) / 1000 + 90), date },
      json: { success: false, error: 'Rate limit exceeded' },
    },
    code: 'rate-limited',
    retryAfterMs: 90_000,
  },
  {
    name: '429 with holdUntil',
    answer: {
      status: 429,
      headers: { date },
      json: {
        success: false,
        error: 'Rate limit exceeded for CONNECT: 90/90 used. Resets at 2026-04-28T00:00:00Z',
        holdUntil: '2026-04-27T15:42:11Z',
      },
    },
    code: 'rate-limited',
    retryAfterMs: (42 * 60 + 11) * 1000,
  },
  {
    name: '500, whose text is in message',
    answer: {
      status: 500,
      json: {
        success: false,
        accountId,
        conversationUrn,
        message: 'Failed to send typing indicator',
      },
    },
    code: 'unavailable',
    message: 'Failed to send typing indicator',
  },
  {
    name: 'a 200 that says it failed',
    answer: {
      status: 200,
      json: { success: false, accountId, message: 'Failed to send typing indicator' },
    },
    code: 'rejected',
    message: 'Failed to send typing indicator',
  },
];

const conversationId = 'urn:li:messagingThread:2-NzkzMDFlNzAtZjU2OS00MjIw';

/** https://connectsafely.ai/docs/webhooks/events */
const messageReceived = {
  event: 'message.received',
  object: 'event',
  data: {
    id: 'msg_1',
    message_urn: 'urn:li:msg_message:1',
    account_id: accountId,
    provider: 'LINKEDIN',
    body: 'Hello',
    timestamp: '2026-11-20T10:00:00Z',
    conversation_id: conversationId,
    attachments: [],
  },
};

function conversationUrnOf(id: string): string | undefined {
  return id === conversationId ? conversationUrn : undefined;
}

const keyName = 'team-a';

/** What is true of the vendor and its adapter, for the conformance suite. */
export const connectSafelyFacts: ProviderFacts<ConnectSafelyTarget> = {
  create: (options) => connectSafely({ ...options, keyName, conversationUrnOf }),
  address: () => connectSafelyAddress({ keyName, conversationUrnOf }),
  target: { conversationUrn },
  otherTarget: { conversationUrn: otherUrn },
  invalidTargets: [
    { conversationUrn: '' },
    { conversationUrn: 'urn:li:msg_conversation:' },
    { conversationUrn: 'urn:li:example:123456' },
    { conversationUrn: 'urn:li:messagingThread:2-NzkzMDFlNzAtZjU2OS00MjIw' },
    { conversationUrn: 'urn:li:salesNav_thread:2-NzkzMDFlNzAtZjU2OS00MjIw' },
    { conversationUrn: encodeURIComponent(conversationUrn) },
    { conversationUrn: ` ${conversationUrn}` },
    { conversationUrn: 7 },
    { conversationUrn, accountId: '' },
    { conversationUrn, accountId: 'two words' },
    { chatId: '550e8400-e29b-41d4-a716-446655440000' },
    conversationUrn,
  ],
  authorization: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),
  start: {
    method: 'POST',
    path: '/messaging/typing-indicator',
    json: { conversationUrn },
    answer: { status: 200, json: accepted },
    receipt: { vendor: { accountId }, warnings: [] },
  },
  stop: 'expires',
  diagnose: {
    exchanges: [
      { method: 'GET', path: '/account/status', answer: { status: 200, json: soundAccount } },
      {
        method: 'GET',
        path: '/messaging/recent-messages?count=1',
        answer: { status: 200, json: { success: true, profileUrn: mailbox } },
      },
    ],
    willShow: 'unknown',
    codes: ['unverified'],
  },
  targetsIn: [
    { message: messageReceived, targets: [{ conversationUrn, accountId }] },
    { message: { ...messageReceived, event: 'message.sent' }, targets: [] },
    // A conversation of which nobody knows the URN.
    {
      message: {
        ...messageReceived,
        data: { ...messageReceived.data, conversation_id: 'urn:li:messagingThread:2-YWJj' },
      },
      targets: [],
    },
  ],
  failures,
};

/** The same for an adapter whose options name an account. */
export const factsWithAccount: ProviderFacts<ConnectSafelyTarget> = {
  create: (options) => connectSafely({ ...options, accountId: 'acc_67890' }),
  target: { conversationUrn, accountId },
  otherTarget: { conversationUrn },
  sameConversation: [{ accountId, conversationUrn }],
  invalidTargets: [{ conversationUrn, accountId: 7 }],
  authorization: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),
  start: {
    method: 'POST',
    path: '/messaging/typing-indicator',
    json: { conversationUrn, accountId },
    answer: { status: 200, json: accepted },
    receipt: { vendor: { accountId }, warnings: [] },
  },
  stop: 'expires',
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: `/account/${accountId}/status`,
        answer: { status: 200, json: soundAccount },
      },
      {
        method: 'GET',
        path: `/messaging/recent-messages?count=1&accountId=${accountId}`,
        answer: {
          status: 200,
          json: { success: true, profileUrn: 'urn:li:fsd_profile:ACoAAOther' },
        },
      },
    ],
    willShow: 'no',
    codes: ['wrong-owner'],
  },
  failures,
};
