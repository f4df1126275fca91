import type { ProviderFacts, VendorFailure } from '@typingkit/testing';
import { connectSafely, connectSafelyAddress, type ConnectSafelyTarget } from '../src/index.ts';

const conversationUrn =
  'urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAATPlQ0Bc8wdg-Iy8wZgEDuSdIVWJiE1Aio,2-NzkzMDFlNzAtZjU2OS00MjIwLWE2ZDctYzZkMWE1ZDljZDAyXzEwMA==)';
const otherUrn =
  'urn:li:msg_conversation:(urn:li:fsd_profile:ACoAABpGQcMBI08myTal7qDJ5zb9lJiM24nFjJI,2-YTlkMzliMTAtMjA4Zi00ODc4LTgxZDgtZTI4ZDY0Zjg1YTE4XzEwMA==)';
const accountId = '696ce9e780e0483585e4e553';
// The vendor's clock: waits are measured against it.
const date = 'Mon, 27 Apr 2026 15:00:00 GMT';
const reset = '2026-04-27T15:01:00Z';
const holdUntil = '2026-04-27T15:02:11Z';

const accepted = {
  success: true,
  accountId,
  conversationUrn,
  message: 'Typing indicator sent successfully',
};
const soundAccount = { success: true, status: 'AVAILABLE', enabled: true, hasTokens: true };
const mailbox = 'urn:li:fsd_profile:ACoAAATPlQ0Bc8wdg-Iy8wZgEDuSdIVWJiE1Aio';
const limitExceeded = 'Rate limit exceeded for CONNECT: 90/90 used. Resets at 2026-04-28T00:00:00Z';
const zodError = {
  name: 'ZodError',
  issues: [{ code: 'invalid_type', path: ['profileId'], message: 'Required' }],
};
const twoIssues = {
  issues: [
    { path: ['a', 0, 'b'], message: 'Required' },
    { path: ['c'], message: 'Too long' },
  ],
};
const trial = 'Your trial has expired. Please subscribe to continue using this feature.';
const notSent = 'Failed to send typing indicator';
const silent = 'the vendor gave no reason';
const unpromised = 'the answer is not what the vendor documents';

const failures: readonly VendorFailure[] = [
  // What the vendor documents, sample by sample.
  refused(400, { success: false, error: 'conversationUrn is required' }, 'rejected', {
    message: 'conversationUrn is required',
  }),
  refused(400, { success: false, error: zodError }, 'rejected', { message: 'profileId: Required' }),
  refused(400, { success: false, code: 'validation_error', message: 'Nope' }, 'rejected', {
    vendorCode: 'validation_error',
    message: 'Nope',
  }),
  refused(401, { error: 'Unauthorized - Invalid credentials' }, 'unauthenticated', {
    message: 'Check the ConnectSafely API key',
  }),
  refused(403, { success: false, error: trial }, 'forbidden', {
    message: 'Has its trial expired?',
  }),
  refused(404, { error: 'Account not found' }, 'not-found', { message: 'Is accountId one of' }),
  refused(500, { success: false, accountId, message: notSent }, 'unavailable', {
    message: 'also answers like this when LinkedIn refused',
  }),
  refused(500, { success: false, code: 'internal_error', message: 'Nope' }, 'unavailable', {
    vendorCode: 'internal_error',
  }),
  // 200 with something else than success.
  refused(200, { success: false, error: 'LinkedIn said no' }, 'rejected', {
    message: 'LinkedIn said no',
  }),
  refused(200, { success: false, accountId, message: notSent }, 'rejected', { message: notSent }),
  refused(200, { success: false, error: zodError }, 'rejected', { message: 'profileId: Required' }),
  refused(200, { success: false }, 'rejected', { message: unpromised }),
  refused(200, { accountId, message: 'Typing indicator sent' }, 'bad-response'),
  refused(200, { success: 'true' }, 'bad-response', { message: unpromised }),
  refused(200, { success: null }, 'bad-response', { message: unpromised }),
  refused(200, { success: 1 }, 'bad-response', { message: unpromised }),
  // Shapes that nobody documents.
  refused(400, { success: false, error: { hint: 'x' } }, 'rejected', { message: silent }),
  refused(400, { error: null, message: 'Nope' }, 'rejected', { message: 'Nope' }),
  refused(400, { error: '', message: 'Nope' }, 'rejected', { message: 'Nope' }),
  refused(400, { error: 'First', message: 'Second' }, 'rejected', { message: 'First' }),
  refused(400, { error: { issues: [] }, message: 'Nope' }, 'rejected', { message: 'Nope' }),
  refused(400, { error: { issues: [{ path: [], message: 'Expected object' }] } }, 'rejected', {
    message: '400 Expected object',
  }),
  refused(400, { error: twoIssues }, 'rejected', { message: 'a.0.b: Required; c: Too long' }),
  refused(400, accepted, 'rejected', { message: accepted.message }),
  // How long to wait. A hold is about this request, so it beats the reset of the limit.
  limited('Retry-After', { 'retry-after': '12', 'x-ratelimit-reset': reset }, {}, 12_000),
  limited('Retry-After and a hold', { 'retry-after': '12' }, { holdUntil }, 12_000),
  limited('a reset in ISO 8601', { 'x-ratelimit-reset': reset }, {}, 60_000),
  limited('a reset in Unix seconds', { 'x-ratelimit-reset': inSeconds(reset) }, {}, 60_000),
  limited('a reset in the past', { 'x-ratelimit-reset': '2026-04-27T14:00:00Z' }, {}, 0),
  limited('a reset tomorrow', { 'x-ratelimit-reset': '2026-04-28T15:00:00Z' }, {}, 3_600_000),
  limited('a hold', {}, { holdUntil }, 131_000),
  limited('a hold in Unix seconds', {}, { holdUntil: Number(inSeconds(reset)) }, 60_000),
  limited('a hold and a reset', { 'x-ratelimit-reset': reset }, { holdUntil }, 131_000),
  limited('an invalid hold', { 'x-ratelimit-reset': reset }, { holdUntil: 'later' }, 60_000),
  limited(
    'an invalid Retry-After',
    { 'retry-after': 'soon', 'x-ratelimit-reset': reset },
    {},
    60_000,
  ),
];

function refused(
  status: number,
  json: object,
  code: VendorFailure['code'],
  more: Pick<VendorFailure, 'message' | 'vendorCode'> = {},
): VendorFailure {
  return { name: `${status} ${JSON.stringify(json)}`, answer: { status, json }, code, ...more };
}

function limited(
  name: string,
  headers: Readonly<Record<string, string>>,
  more: object,
  retryAfterMs: number,
): VendorFailure {
  const json = { success: false, error: limitExceeded, ...more };
  const answer = { status: 429, headers: { date, ...headers }, json };
  return { name: `429 with ${name}`, answer, code: 'rate-limited', retryAfterMs };
}

function inSeconds(instant: string): string {
  return String(Date.parse(instant) / 1_000);
}

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
  // The vendor also speaks of a conversation by its thread alone.
  hidden: [conversationUrn, ...conversationUrn.split(/[(,)]/).slice(1, 3)],
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
