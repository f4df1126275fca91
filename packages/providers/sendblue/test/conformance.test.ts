import { describeTypingProvider, type ProviderFacts, type VendorFailure } from '@typingkit/testing';
import {
  sendblue,
  sendblueAddress,
  type SendblueCredentials,
  type SendblueTarget,
} from '../src/index.ts';

const number = '+14155551234';
const fromNumber = '+19175551234';
const target = { number, fromNumber };
const noRoute = 'No route mapping found for number, have you messaged them before?';

/** @see https://docs.sendblue.com/api-v2/typing-indicators/ */
const failures: readonly VendorFailure[] = [
  {
    name: '400 without a number',
    answer: {
      status: 400,
      json: { status: 'ERROR', message: 'You must specify a `number` in the request body.' },
    },
    code: 'rejected',
    message: 'You must specify a `number`',
  },
  {
    name: '400 for somebody who was never written to',
    answer: {
      status: 400,
      json: { status: 'ERROR', status_code: 400, error_message: noRoute, number },
    },
    code: 'not-found',
    message: 'Send this person a message from this line first',
  },
  {
    name: '400 with other words',
    answer: { status: 400, json: { status: 'ERROR', error_message: 'Something else' } },
    code: 'rejected',
  },
  {
    name: '200 that is an error',
    answer: { status: 200, json: { status: 'ERROR', error_message: `Cannot type to ${number}` } },
    code: 'rejected',
    message: 'Cannot type to',
  },
  {
    name: '200 that was sent, with an error',
    answer: { status: 200, json: { number, status: 'SENT', error_message: 'Not really' } },
    code: 'rejected',
  },
  {
    name: '200 that knows no route',
    answer: { status: 200, json: { status: 'ERROR', error_message: noRoute } },
    code: 'not-found',
  },
  { name: '200 without a status', answer: { status: 200, json: { number } }, code: 'bad-response' },
  {
    answer: { status: 401, json: { message: 'Unauthorized' } },
    code: 'unauthenticated',
    message: 'Check the two keys of Sendblue',
  },
  { answer: { status: 403, json: { message: 'Forbidden' } }, code: 'forbidden' },
  { answer: { status: 404, json: {} }, code: 'not-found' },
  { answer: { status: 409, json: {} }, code: 'rejected' },
  { answer: { status: 422, json: {} }, code: 'rejected' },
  {
    answer: { status: 429, headers: { 'retry-after': '7' }, json: {} },
    code: 'rate-limited',
    retryAfterMs: 7_000,
  },
  { answer: { status: 500, json: {} }, code: 'unavailable' },
];

const message = {
  is_outbound: false,
  status: 'RECEIVED',
  content: 'Hi',
  from_number: number,
  number,
  to_number: fromNumber,
  sendblue_number: fromNumber,
  message_type: 'message',
  group_id: '',
  service: 'iMessage',
  opted_out: false,
};
const typing = {
  number,
  is_typing: true,
  from_number: fromNumber,
  timestamp: '2026-11-21T12:00:00.000Z',
};
const started = {
  state: 'started',
  target,
  at: new Date('2026-11-21T12:00:00Z'),
  eventId: `${number}.${fromNumber}.started.${typing.timestamp}`,
  expiresInMs: 60_000,
} as const;

const facts: ProviderFacts<SendblueTarget, SendblueCredentials> = {
  create: ({ apiKey: credentials, ...transport }) =>
    sendblue({ credentials, fromNumber, ...transport }),
  credential: { apiKeyId: 'conformance-key-id', apiSecretKey: 'conformance-secret-key' },
  address: () => sendblueAddress({ fromNumber }),
  target,
  otherTarget: { number: '+14155550000' },
  sameConversation: [{ number }],
  invalidTargets: [
    { number: '4155551234' },
    { number: 14_155_551_234 },
    { number: 'ada@example.com' },
    { number: '+1 415 555 1234' },
    { number, fromNumber: '' },
    { groupId: 'g', fromNumber },
  ],
  authorization: ({ apiKeyId, apiSecretKey }) => ({
    'sb-api-key-id': apiKeyId,
    'sb-api-secret-key': apiSecretKey,
  }),
  start: {
    method: 'POST',
    path: '/api/send-typing-indicator',
    json: { number, from_number: fromNumber, state: 'start', max_duration_ms: 60_000 },
    answer: {
      status: 200,
      json: { status: 'QUEUED', status_code: 200, error_message: null, number },
    },
  },
  stop: {
    method: 'POST',
    path: '/api/send-typing-indicator',
    json: { number, from_number: fromNumber, state: 'stop' },
    answer: { status: 200, json: { number, status: 'SENT', error_message: null } },
  },
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: '/api/v2/lines/state',
        answer: {
          status: 200,
          json: { data: [{ sendblue_number: fromNumber, status: 'ONLINE', assignment: null }] },
        },
      },
      {
        method: 'GET',
        path: `/api/evaluate-service?number=${encodeURIComponent(number)}`,
        answer: { status: 200, json: { number, service: 'iMessage' } },
      },
      {
        method: 'GET',
        path: `/api/v2/contacts/${encodeURIComponent(number)}`,
        answer: { status: 200, json: { contact: { opt_out: false } } },
      },
      {
        method: 'GET',
        path: `/api/v2/messages?number=${encodeURIComponent(number)}&sendblue_number=${encodeURIComponent(fromNumber)}&order_by=sentAt&order_direction=desc&limit=5`,
        answer: { status: 200, json: { data: [{ date_sent: new Date().toISOString() }] } },
      },
    ],
    willShow: 'unknown',
    codes: ['unverified'],
  },
  targetsIn: [
    { message, targets: [target] },
    { message: { ...message, sendblue_number: null }, targets: [target] },
    { message: { ...message, is_outbound: true, status: 'SENT' }, targets: [] },
    { message: { ...message, message_type: 'group' }, targets: [] },
    { message: { ...message, group_id: 'f7a1' }, targets: [] },
    { message: { ...message, service: 'sms' }, targets: [] },
    { message: { ...message, opted_out: true }, targets: [] },
    { message: typing, targets: [] },
  ],
  inboundIn: [
    { event: typing, events: [started] },
    // If it should be the other way round.
    { event: { ...typing, number: fromNumber, from_number: number }, events: [started] },
    // If both should be the person, as in messages.
    { event: { ...typing, from_number: number }, events: [started] },
    {
      event: { ...typing, timestamp: '2026-11-21T12:00:00' },
      events: [{ ...started, eventId: `${number}.${fromNumber}.started.2026-11-21T12:00:00` }],
    },
    {
      event: { ...typing, is_typing: false },
      events: [
        {
          ...started,
          state: 'stopped',
          eventId: `${number}.${fromNumber}.stopped.${typing.timestamp}`,
          expiresInMs: 0,
        },
      ],
    },
    { event: message, events: [] },
    { event: { ...typing, timestamp: 'today' }, events: [] },
    { event: { ...typing, timestamp: '2026-99-99T99:99:99Z' }, events: [] },
  ],
  failures,
};

describeTypingProvider('sendblue', facts);
