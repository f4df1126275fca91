import { describeTypingProvider, type ProviderFacts, type VendorFailure } from '@typingkit/testing';
import { expect } from 'vitest';
import { matrix, matrixAddress, type MatrixTarget } from '../src/index.ts';

const roomId = '!wefh3sfukhs:example.org';
const target = { roomId };
/** Of a room of version 12: without a domain. */
const newer = '!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM';
const userId = '@bot:example.org';
const path = '/_matrix/client/v3/rooms/!wefh3sfukhs%3Aexample.org/typing/%40bot%3Aexample.org';

/** @see https://spec.matrix.org/latest/client-server-api/#standard-error-response, and Synapse for the words */
const failures: readonly VendorFailure[] = [
  refused(401, 'M_UNKNOWN_TOKEN', 'Invalid access token passed.', 'unauthenticated', {
    soft_logout: false,
  }),
  refused(401, 'M_MISSING_TOKEN', 'Missing access token', 'unauthenticated'),
  refused(401, 'M_USER_LOCKED', 'User account has been locked', 'unauthenticated'),
  {
    ...refused(403, 'M_FORBIDDEN', `User ${userId} not in room ${roomId}`, 'forbidden'),
    message: 'Let the account join the room',
  },
  {
    ...refused(400, 'M_FORBIDDEN', "Cannot set another user's typing state", 'forbidden'),
    message: 'must be the account of the token',
  },
  refused(403, 'M_GUEST_ACCESS_FORBIDDEN', 'Guest access not allowed', 'forbidden'),
  refused(403, 'M_CONSENT_NOT_GIVEN', 'Accept the terms', 'forbidden', {
    consent_uri: 'https://example.org/consent',
  }),
  refused(403, 'M_USER_SUSPENDED', 'The account is suspended', 'forbidden'),
  refused(400, 'M_UNKNOWN', 'User is not hosted on this homeserver', 'rejected'),
  refused(400, 'M_INVALID_PARAM', "Expected UserID string to start with '@'", 'rejected'),
  refused(400, 'M_BAD_JSON', 'Content must be a JSON object.', 'rejected'),
  refused(400, 'M_NOT_JSON', 'Content not JSON.', 'rejected'),
  {
    ...refused(404, 'M_UNRECOGNIZED', 'Unrecognized request', 'rejected'),
    message: 'Check that baseUrl is the address of a homeserver',
  },
  refused(404, 'M_NOT_FOUND', 'Room not found', 'not-found'),
  limited('that has both', { retry_after_ms: 1_500 }, { 'retry-after': '2' }, 2_000),
  limited('of an older server', { retry_after_ms: 1_500 }, {}, 1_500),
  limited('that says nothing', {}, {}),
  refused(500, 'M_UNKNOWN', 'Internal server error', 'unavailable'),
  {
    name: 'a page that is not there',
    answer: { status: 404, body: '<html>Not found</html>' },
    code: 'not-found',
    message: 'Check that baseUrl',
  },
  {
    name: "a proxy's page",
    answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html></html>' },
    code: 'bad-response',
  },
];

const person = '@ada:example.org';
const message = {
  type: 'm.room.message',
  event_id: '$1',
  sender: person,
  content: { msgtype: 'm.text', body: 'Hi' },
};
const here = { ...message, room_id: roomId };

/** Messages, and the rooms in which they are to be answered. */
const targetsIn: ProviderFacts<MatrixTarget>['targetsIn'] = [
  { message: here, targets: [target] },
  // As matrix-js-sdk has it.
  { message: { event: here, status: null }, targets: [target] },
  {
    message: sync({
      [roomId]: { timeline: { events: [message, message] }, ephemeral: { events: [] } },
      [newer]: { timeline: { events: [message], limited: false } },
      '!other:example.org': { timeline: { events: [] } },
    }),
    targets: [target, { roomId: newer }],
  },
  {
    message: { events: [here, { ...here, room_id: newer }] },
    targets: [target, { roomId: newer }],
  },
  // The bot itself, a bot, an edit, a reaction, somebody who joined.
  { message: { ...here, sender: userId }, targets: [] },
  { message: { ...here, content: { msgtype: 'm.notice', body: 'Hi' } }, targets: [] },
  {
    message: {
      ...here,
      content: { ...message.content, 'm.relates_to': { rel_type: 'm.replace' } },
    },
    targets: [],
  },
  { message: { ...here, type: 'm.reaction', content: {} }, targets: [] },
  { message: { ...here, type: 'm.room.member', content: { membership: 'join' } }, targets: [] },
  // Inside a /sync the room is the key.
  { message, targets: [] },
];

const started = {
  state: 'started',
  target,
  at: expect.any(Date),
  eventId: expect.stringContaining(person),
  expiresInMs: 120_000,
} as const;
const stopped = {
  ...started,
  state: 'stopped',
  eventId: expect.any(String),
  expiresInMs: 0,
} as const;

/** Everybody who types at the moment. */
const inboundIn: ProviderFacts<MatrixTarget>['inboundIn'] = [
  { event: typing(person), events: [started] },
  { event: typing(person, userId), events: [started] },
  { event: typing(userId), events: [stopped] },
  { event: typing(), events: [stopped] },
  {
    event: {
      events: [],
      ephemeral: [{ type: 'm.typing', room_id: roomId, content: { user_ids: [person] } }],
    },
    events: [started],
  },
  { event: here, events: [] },
];

describeTypingProvider('matrix', {
  create: ({ apiKey, ...transport }) => matrix({ accessToken: apiKey, userId, ...transport }),
  address: () => matrixAddress({ userId }),
  target,
  otherTarget: { roomId: newer },
  invalidTargets: [
    { roomId: '#general:example.org' },
    { roomId: '!' },
    { roomId: `!${'a'.repeat(255)}` },
    { roomId: '!nul\0' },
    // Half a character cannot stand in a URL.
    { roomId: '!\uD800' },
    { roomId: 7 },
  ],
  authorization: (token) => ({ authorization: `Bearer ${token}` }),
  start: {
    method: 'PUT',
    path,
    json: { typing: true, timeout: 30_000 },
    answer: { status: 200, json: {} },
  },
  stop: { method: 'PUT', path, json: { typing: false }, answer: { status: 200, json: {} } },
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: '/_matrix/client/v3/account/whoami',
        answer: { status: 200, json: { user_id: userId } },
      },
      {
        method: 'GET',
        path: '/_matrix/client/v3/rooms/!wefh3sfukhs%3Aexample.org/joined_members',
        answer: { status: 200, json: { joined: { [userId]: {}, [person]: {} } } },
      },
    ],
    willShow: 'yes',
  },
  targetsIn,
  inboundIn,
  failures,
});

function refused(
  status: number,
  errcode: string,
  error: string,
  code: VendorFailure['code'],
  more?: object,
): VendorFailure {
  const answer = { status, json: { errcode, error, ...more } };
  return { name: `${status} ${errcode} ${error}`, answer, code, vendorCode: errcode };
}

function limited(
  what: string,
  more: object,
  headers: Readonly<Record<string, string>>,
  retryAfterMs?: number,
): VendorFailure {
  const json = { errcode: 'M_LIMIT_EXCEEDED', error: 'Too Many Requests', ...more };
  const answer = { status: 429, headers, json };
  return { name: `a limit ${what}`, answer, code: 'rate-limited', retryAfterMs };
}

function sync(join: object): object {
  return { next_batch: 's1', rooms: { join } };
}

function typing(...users: string[]): object {
  const events = [{ type: 'm.typing', content: { user_ids: users } }];
  return sync({ [roomId]: { timeline: { events: [] }, ephemeral: { events } } });
}
