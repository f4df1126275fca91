import { describeTypingProvider, type ProviderFacts } from '@typingkit/testing';
import { whatsapp, whatsappAddress, type WhatsAppTarget } from '../src/index.ts';
import { graphFailures, refused } from './graph-failures.ts';

const phoneNumberId = '106540352242922';
const messageId = 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=';
const from = '16505551234';
const start = {
  method: 'POST',
  path: `/v25.0/${phoneNumberId}/messages`,
  json: {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: messageId,
    typing_indicator: { type: 'text' },
  },
  answer: { status: 200, json: { success: true } },
};

/** A webhook with messages, as its reference shows it. */
const webhook = (...messages: readonly object[]): object => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '419561257915477', changes: [change({ messages })] }],
});
const change = (value: object): object => ({
  field: 'messages',
  value: {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550783881', phone_number_id: phoneNumberId },
    ...value,
  },
});
const message = (id: string, more: object = {}): object => ({
  from,
  id: `wamid.${id}`,
  timestamp: '1749416383',
  type: 'text',
  text: { body: 'hi' },
  ...more,
});
const target = (id: string, more: Partial<WhatsAppTarget> = {}): WhatsAppTarget => ({
  messageId: `wamid.${id}`,
  from,
  phoneNumberId,
  ...more,
});

const targetsIn: ProviderFacts<WhatsAppTarget>['targetsIn'] = [
  { message: webhook(message('A')), targets: [target('A')] },
  // Of one chat the newest, whatever the order.
  { message: webhook(message('A'), message('B')), targets: [target('B')] },
  {
    message: webhook(message('B', { timestamp: '1749416390' }), message('A')),
    targets: [target('B')],
  },
  {
    message: webhook(message('A'), message('B', { from: '4915112345' })),
    targets: [target('A'), target('B', { from: '4915112345' })],
  },
  {
    message: webhook(message('A', { group_id: 'Y2FwaV9ncm91cA==' })),
    targets: [target('A', { from: 'Y2FwaV9ncm91cA==' })],
  },
  // A person with a username and without a number.
  {
    message: webhook(message('A', { from: undefined, from_user_id: 'US.1349120865' })),
    targets: [target('A', { from: 'US.1349120865' })],
  },
  ...['edit', 'reaction', 'revoke', 'system', 'unsupported'].map((type) => ({
    message: webhook(message('A'), message('B', { type })),
    targets: [target('A')],
  })),
  // What became of the bot's own messages.
  {
    message: {
      object: 'whatsapp_business_account',
      entry: [{ changes: [change({ statuses: [{ id: 'wamid.OWN', status: 'read' }] })] }],
    },
    targets: [],
  },
  // Of another product of Meta's, at the same address.
  { message: { ...webhook(message('A')), object: 'page' }, targets: [] },
];

const facts: ProviderFacts<WhatsAppTarget> = {
  create: ({ apiKey, ...transport }) =>
    whatsapp({ accessToken: apiKey, phoneNumberId, ...transport }),
  address: () => whatsappAddress({ phoneNumberId }),
  target: { messageId, from },
  otherTarget: { messageId: 'wamid.OTHER', from: '4915112345678' },
  sameConversation: [
    { messageId: 'wamid.NEWER', from },
    { messageId, from: `+${from}` },
    { messageId, from, phoneNumberId },
  ],
  invalidTargets: [
    { messageId: 'mid.1457764197618' },
    { messageId: 'wamid.with blank' },
    { messageId, from: '1 650' },
    { messageId, from, phoneNumberId: '+1 555 0783881' },
    { from },
  ],
  hidden: [messageId, from, phoneNumberId],
  authorization: (token) => ({ authorization: `Bearer ${token}` }),
  start,
  stop: 'expires',
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: `/v25.0/${phoneNumberId}?fields=quality_rating`,
        answer: { status: 200, json: { quality_rating: 'RED', id: phoneNumberId } },
      },
    ],
    willShow: 'unknown',
    codes: ['line', 'unverified'],
  },
  targetsIn,
  failures: [
    ...graphFailures,
    refused(33, 'not-found'),
    refused(100, 'not-found', { subcode: 33 }),
    refused(80_007, 'rate-limited', { status: 429 }),
    refused(130_429, 'rate-limited', { status: 429 }),
    refused(131_048, 'rate-limited'),
    refused(131_056, 'rate-limited'),
    refused(130_497, 'forbidden'),
    refused(131_031, 'forbidden'),
    refused(131_008, 'rejected'),
    { ...refused(131_009, 'rejected'), message: 'a message that a person sent to this number' },
    refused(131_021, 'rejected'),
    { ...refused(131_047, 'unsupported'), message: 'The person has to write again' },
    refused(133_000, 'forbidden'),
    refused(133_010, 'forbidden'),
    refused(133_016, 'forbidden'),
    refused(133_004, 'unavailable'),
    refused(133_005, 'unavailable'),
    refused(131_000, 'unavailable', { status: 500 }),
    refused(131_016, 'unavailable', { status: 500 }),
    refused(131_057, 'unavailable', { status: 500 }),
    {
      name: '200 that says no',
      answer: { status: 200, json: { success: false } },
      code: 'rejected',
    },
    {
      name: '200 that says neither',
      answer: { status: 200, json: { success: 'true' } },
      code: 'bad-response',
    },
    // What 360dialog answers itself.
    {
      name: '401 of a service in front of Meta',
      answer: { status: 401, json: { meta: { success: false }, error: 'Invalid api_key' } },
      code: 'unauthenticated',
    },
  ],
};

describeTypingProvider('whatsapp', facts);
describeTypingProvider('whatsapp through 360dialog', {
  ...facts,
  create: ({ apiKey, ...transport }) =>
    whatsapp({ accessToken: apiKey, phoneNumberId, service: '360dialog', ...transport }),
  authorization: (key) => ({ 'd360-api-key': key }),
  start: { ...start, path: '/messages' },
  diagnose: undefined,
});
describeTypingProvider('whatsapp through Kapso', {
  ...facts,
  create: ({ apiKey, ...transport }) =>
    whatsapp({
      accessToken: apiKey,
      phoneNumberId,
      service: 'kapso',
      ...transport,
    }),
  authorization: (key) => ({ 'x-api-key': key }),
  start: { ...start, path: `/v24.0/${phoneNumberId}/messages` },
  diagnose: undefined,
});
