import { describeTypingProvider, type ProviderFacts, type VendorFailure } from '@typingkit/testing';
import { expect } from 'vitest';
import { mattermost, mattermostAddress, type MattermostTarget } from '../src/index.ts';

const channelId = 'k3m8p9qzt7gyxc1n5w4rbd6fho';
const threadId = 'z9y8x7w6v5u4t3s2r1q0ponmlk';
const userId = 'b0tb0tb0tb0tb0tb0tb0tb0tb0';
const person = 'adaadaadaadaadaadaadaadaad';
const target = { channelId };
const inThread = { channelId, threadId };

/** @see https://developers.mattermost.com/api-documentation/#/; the words are those of the server's source */
const failures: readonly VendorFailure[] = [
  refused(
    400,
    'api.context.invalid_body_param.app_error',
    'Invalid or missing typing_request in request body.',
    'rejected',
  ),
  refused(
    401,
    'api.context.session_expired.app_error',
    'Invalid or expired session, please login again.',
    'unauthenticated',
  ),
  {
    ...refused(
      403,
      'api.context.permissions.app_error',
      'You do not have the appropriate permissions.',
      'forbidden',
    ),
    message: 'An unknown channel gives the same answer',
  },
  refused(500, 'app.internal.app_error', 'Something went wrong.', 'unavailable'),
  {
    name: '429, which is no JSON',
    answer: {
      status: 429,
      headers: {
        'x-ratelimit-limit': '100',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '3',
      },
      body: 'limit exceeded',
    },
    code: 'rate-limited',
    retryAfterMs: 3_000,
  },
  {
    name: 'a page that is not there',
    answer: { status: 404, body: '<html>Not found</html>' },
    code: 'not-found',
    message: 'Check baseUrl',
  },
  {
    name: "a proxy's page",
    answer: { status: 200, body: '<html>Sign in</html>' },
    code: 'bad-response',
  },
];

const post = {
  id: threadId,
  channel_id: channelId,
  root_id: '',
  user_id: person,
  type: '',
  message: 'Hi',
  props: {},
};

/** Posts, and where they are to be answered. */
const targetsIn: ProviderFacts<MattermostTarget>['targetsIn'] = [
  { message: posted(post), targets: [target] },
  { message: posted({ ...post, root_id: threadId }), targets: [inThread] },
  { message: post, targets: [target] },
  // An outgoing webhook.
  {
    message: { token: 'x', channel_id: channelId, post_id: threadId, user_id: person, text: 'Hi' },
    targets: [target],
  },
  // The bot itself, another bot, a webhook, somebody who joined, an edit, what is no JSON.
  { message: posted({ ...post, user_id: userId }), targets: [] },
  { message: posted({ ...post, props: { from_bot: 'true' } }), targets: [] },
  { message: posted({ ...post, props: { from_webhook: 'true' } }), targets: [] },
  { message: posted({ ...post, type: 'system_join_channel' }), targets: [] },
  { message: { ...posted(post), event: 'post_edited' }, targets: [] },
  { message: { event: 'posted', data: { post: 'Hi' } }, targets: [] },
];

const typing = {
  event: 'typing',
  data: { parent_id: '', user_id: person },
  broadcast: { omit_users: { [person]: true }, user_id: '', channel_id: channelId },
  seq: 7,
};
const started = {
  state: 'started',
  target,
  at: expect.any(Date),
  eventId: expect.stringContaining(`${person}.7.`),
  expiresInMs: 5_000,
} as const;

/** A person who types. */
const inboundIn: ProviderFacts<MattermostTarget>['inboundIn'] = [
  { event: typing, events: [started] },
  {
    event: { ...typing, data: { parent_id: threadId, user_id: person } },
    events: [{ ...started, target: inThread }],
  },
  { event: { ...typing, data: { parent_id: '', user_id: userId } }, events: [] },
  { event: posted(post), events: [] },
];

const facts: ProviderFacts<MattermostTarget> = {
  create: ({ apiKey, ...transport }) => mattermost({ token: apiKey, userId, ...transport }),
  address: () => mattermostAddress({ userId }),
  target,
  otherTarget: inThread,
  invalidTargets: [
    { channelId: 'town-square' },
    { channelId: channelId.toUpperCase() },
    { channelId, threadId: 7 },
    { channelId, threadId: '' },
  ],
  authorization: (token) => ({ authorization: `Bearer ${token}` }),
  start: {
    method: 'POST',
    path: '/api/v4/users/me/typing',
    json: { channel_id: channelId },
    answer: { status: 200, json: { status: 'OK' } },
  },
  stop: 'expires',
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: `/api/v4/channels/${channelId}/members/me`,
        answer: { status: 200, json: { channel_id: channelId, user_id: userId } },
      },
    ],
    willShow: 'yes',
  },
  targetsIn,
  inboundIn,
  failures,
};

describeTypingProvider('mattermost', facts);

function refused(
  status: number,
  id: string,
  message: string,
  code: VendorFailure['code'],
): VendorFailure {
  const traceId = 'p1q2r3s4t5u6v7w8x9y0z1a2b3';
  const json = { id, message, detailed_error: '', request_id: traceId, status_code: status };
  return { name: `${status} ${id}`, answer: { status, json }, code, vendorCode: id, traceId };
}

function posted(what: object): object {
  const broadcast = { omit_users: null, user_id: '', channel_id: channelId };
  return { event: 'posted', data: { channel_type: 'O', post: JSON.stringify(what) }, broadcast };
}
