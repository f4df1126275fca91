import { describeTypingProvider, type ProviderFacts, type VendorFailure } from '@typingkit/testing';
import { expect } from 'vitest';
import { zulip, zulipAddress, type ZulipTarget } from '../src/index.ts';

const email = 'my-bot@example.zulipchat.com';
const target = { to: [9, 10] };
const topic = { to: [7], topic: 'Support' };

/** @see https://zulip.com/api/rest-error-handling; the words are those of the server's source */
const failures: readonly VendorFailure[] = [
  refused(400, 'BAD_REQUEST', 'Missing stream_id', 'rejected'),
  refused(400, 'BAD_REQUEST', 'Missing topic', 'rejected'),
  refused(400, 'BAD_REQUEST', "Missing 'to' argument", 'rejected'),
  refused(400, 'BAD_REQUEST', "Empty 'to' list", 'rejected'),
  refused(400, 'BAD_REQUEST', 'Invalid user ID 10', 'rejected'),
  refused(400, 'BAD_REQUEST', 'Invalid op', 'rejected'),
  refused(
    400,
    'BAD_REQUEST',
    'User has disabled typing notifications for direct messages',
    'rejected',
  ),
  {
    ...refused(
      400,
      'BAD_REQUEST',
      'User has disabled typing notifications for stream messages',
      'rejected',
    ),
    message: 'that its typing notifications are on',
  },
  // A translation does not change what it is.
  refused(400, 'BAD_REQUEST', 'Ungültige Stream-ID', 'rejected'),
  refused(401, 'INVALID_API_KEY', 'Invalid API key', 'unauthenticated'),
  refused(401, 'UNAUTHORIZED', 'Not logged in', 'unauthenticated'),
  refused(401, 'USER_DEACTIVATED', 'Account is deactivated', 'unauthenticated'),
  refused(401, 'REALM_DEACTIVATED', 'This organization has been deactivated', 'unauthenticated'),
  {
    ...refused(404, 'NONEXISTENT_SUBDOMAIN', 'Invalid subdomain', 'not-found'),
    message: 'Check baseUrl',
  },
  limited('with both', { 'retry-after': 28.706 }, { 'retry-after': '28.7' }, 28_700),
  limited('with a body alone', { 'retry-after': 0.5 }, {}, 500),
  refused(500, 'INTERNAL', 'Internal server error', 'unavailable'),
  {
    name: 'an error with a status of success',
    answer: { status: 200, json: { result: 'error', msg: 'No', code: 'BAD_REQUEST' } },
    code: 'bad-response',
  },
  {
    name: 'a page that is not there',
    answer: { status: 404, body: '<html>Not found</html>' },
    code: 'not-found',
    message: 'Check baseUrl',
  },
  { name: "a proxy's page", answer: { status: 200, body: '<html></html>' }, code: 'bad-response' },
];

const me = { id: 5, email };
const ada = { id: 9, email: 'ada@example.com' };
const bob = { id: 10, email: 'bob@example.com' };
const message = {
  type: 'private',
  sender_id: 9,
  sender_email: ada.email,
  display_recipient: [bob, me, ada],
  content: 'Hi',
};
const inTopic = {
  ...message,
  type: 'stream',
  display_recipient: 'general',
  stream_id: 7,
  subject: 'Support',
};

/** Messages, and where they are to be answered. */
const targetsIn: ProviderFacts<ZulipTarget>['targetsIn'] = [
  { message: { id: 1, type: 'message', message, flags: [] }, targets: [target] },
  { message, targets: [target] },
  { message: { ...message, type: 'direct' }, targets: [target] },
  { message: inTopic, targets: [topic] },
  { message: { ...inTopic, type: 'channel', subject: '' }, targets: [{ to: [7], topic: '' }] },
  // An outgoing webhook.
  {
    message: { bot_email: email, trigger: 'mention', data: '@bot Hi', message: inTopic },
    targets: [topic],
  },
  // The bot itself, to others and to itself; an edit; a reaction.
  { message: { ...message, sender_id: 5, sender_email: email }, targets: [] },
  { message: { ...message, display_recipient: [me] }, targets: [] },
  { message: { id: 2, type: 'update_message', message_id: 1, stream_id: 7 }, targets: [] },
  { message: { id: 3, type: 'reaction', op: 'add', message_id: 1 }, targets: [] },
];

const typing = {
  id: 4,
  type: 'typing',
  op: 'start',
  message_type: 'direct',
  sender: { user_id: 9, email: ada.email },
  recipients: [me, ada, bob].map(({ id, email: address }) => ({ user_id: id, email: address })),
};
const typesInTopic = { ...typing, message_type: 'stream', stream_id: 7, topic: 'Support' };
const started = {
  state: 'started',
  target,
  at: expect.any(Date),
  eventId: expect.stringMatching(/^9\.4\./),
  expiresInMs: 45_000,
} as const;

/** A person who types. */
const inboundIn: ProviderFacts<ZulipTarget>['inboundIn'] = [
  { event: typing, events: [started] },
  // Before Zulip 8.
  { event: { ...typing, message_type: 'private' }, events: [started] },
  { event: { ...typing, op: 'stop' }, events: [{ ...started, state: 'stopped', expiresInMs: 0 }] },
  { event: typesInTopic, events: [{ ...started, target: topic }] },
  { event: { ...typing, sender: { user_id: 5, email } }, events: [] },
  { event: { type: 'message', message }, events: [] },
];

const form = { op: 'start', type: 'direct', to: '[9,10]' };
const accepted = { status: 200, json: { result: 'success', msg: '' } };
const path = '/api/v1/typing';

const facts: ProviderFacts<ZulipTarget> = {
  create: (options) => zulip({ ...options, email }),
  address: () => zulipAddress({ email }),
  target,
  otherTarget: topic,
  sameConversation: [{ to: [10, 9, 9] }],
  invalidTargets: [
    { to: [] },
    { to: 0 },
    { to: -7 },
    { to: [9, 1.5] },
    { to: 'ada@example.com' },
    { to: [7, 8], topic: 'Support' },
    { to: 7, topic: 9 },
    { topic: 'Support' },
  ],
  authorization: (key) => ({ authorization: `Basic ${btoa(`${email}:${key}`)}` }),
  start: { method: 'POST', path, form, answer: accepted, receipt: {} },
  stop: { method: 'POST', path, form: { ...form, op: 'stop' }, answer: accepted },
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: '/api/v1/users/me',
        answer: { status: 200, json: { result: 'success', is_active: true } },
      },
    ],
    willShow: 'unknown',
    codes: ['unverified'],
  },
  targetsIn,
  inboundIn,
  failures,
};

describeTypingProvider('zulip', facts);

describeTypingProvider('zulip, in a topic', {
  ...facts,
  target: topic,
  otherTarget: target,
  sameConversation: [{ to: 7, topic: 'support' }],
  start: {
    ...facts.start,
    form: { op: 'start', type: 'stream', stream_id: '7', topic: 'Support' },
  },
  stop: {
    method: 'POST',
    path,
    form: { op: 'stop', type: 'stream', stream_id: '7', topic: 'Support' },
    answer: accepted,
  },
  diagnose: {
    exchanges: [
      ...(facts.diagnose?.exchanges ?? []),
      {
        method: 'GET',
        path: '/api/v1/streams/7/members',
        answer: { status: 200, json: { result: 'success', subscribers: [5, 9] } },
      },
    ],
    willShow: 'unknown',
    codes: ['unverified'],
  },
});

function refused(
  status: number,
  vendorCode: string,
  msg: string,
  code: VendorFailure['code'],
): VendorFailure {
  const answer = { status, json: { result: 'error', msg, code: vendorCode } };
  return { name: `${status} ${vendorCode} ${msg}`, answer, code, vendorCode };
}

function limited(
  what: string,
  more: object,
  headers: Readonly<Record<string, string>>,
  retryAfterMs: number,
): VendorFailure {
  const json = {
    result: 'error',
    msg: 'API usage exceeded rate limit',
    code: 'RATE_LIMIT_HIT',
    ...more,
  };
  const answer = { status: 429, headers: { 'x-ratelimit-reset': '1795262428', ...headers }, json };
  return { name: `a limit ${what}`, answer, code: 'rate-limited', retryAfterMs };
}
