import { describeTypingProvider, type ProviderFacts, type VendorFailure } from '@typingkit/testing';
import { signal, signalAddress, type SignalTarget } from '../src/index.ts';

const number = '+15550100001';
const recipient = 'b5b2e1a4-6c4c-4b7e-9f0a-2d6f1d0b7c11';
const target = { recipient, number };
const path = '/v1/typing-indicator/%2B15550100001';

/** @see https://github.com/bbernhard/signal-cli-rest-api/blob/master/src/api/api.go */
const failures: readonly VendorFailure[] = [
  "Couldn't process request - invalid request",
  "Couldn't process request - malformed number",
  "Couldn't process request - number missing",
  'Invalid group id',
  // signal-cli's own words.
  'Unregistered user',
  'User is not a group member',
].map((error) => ({
  name: `400 ${error}`,
  answer: { status: 400, json: { error } },
  code: 'rejected',
  message: error,
}));

const account = number;
const from = { sourceNumber: '+15550100002', sourceUuid: recipient, timestamp: 1_795_262_400_000 };
const groupId = 'r8tCqXJpJ3W0bqf0Nn1C9g0b3nQ3bP0m8kH7V9b2mXc=';
const group = { recipient: `group.${btoa(groupId)}`, number };
const dataMessage = { timestamp: from.timestamp, message: 'Hi', groupInfo: null };
const typingMessage = { action: 'STARTED', timestamp: from.timestamp };
const started = {
  state: 'started',
  target,
  at: new Date(from.timestamp),
  eventId: `${number}.${recipient}.${from.timestamp}`,
  expiresInMs: 15_000,
} as const;

const facts: ProviderFacts<SignalTarget> = {
  create: ({ apiKey, ...transport }) => signal({ token: apiKey, ...transport }),
  address: () => signalAddress(),
  target,
  otherTarget: { recipient: group.recipient, number },
  sameConversation: [{ recipient: recipient.toUpperCase(), number }],
  invalidTargets: [
    { recipient: '15550100002', number },
    { recipient: 'ada', number },
    { recipient: 'group.', number },
    { recipient: '+15550100002/../x', number },
    { recipient, number: '15550100001' },
  ],
  authorization: (token) => ({ authorization: `Bearer ${token}` }),
  start: { method: 'PUT', path, json: { recipient }, answer: { status: 204 } },
  stop: { method: 'DELETE', path, json: { recipient }, answer: { status: 204 } },
  diagnose: {
    exchanges: [{ method: 'GET', path: '/v1/accounts', answer: { status: 200, json: [number] } }],
    willShow: 'unknown',
    codes: ['unverified'],
  },
  targetsIn: [
    { message: { account, envelope: { ...from, dataMessage } }, targets: [target] },
    // The number is hidden, or there is no account id yet.
    {
      message: { account, envelope: { ...from, sourceNumber: null, dataMessage } },
      targets: [target],
    },
    {
      message: { account, envelope: { sourceNumber: '+15550100002', dataMessage } },
      targets: [{ recipient: '+15550100002', number }],
    },
    {
      message: {
        account,
        envelope: {
          ...from,
          dataMessage: { ...dataMessage, groupInfo: { groupId, type: 'DELIVER' } },
        },
      },
      targets: [group],
    },
    {
      message: { account, envelope: { ...from, dataMessage: { ...dataMessage, reaction: {} } } },
      targets: [],
    },
    // What another device of ours sent; a receipt.
    { message: { account, envelope: { ...from, syncMessage: { sentMessage: {} } } }, targets: [] },
    { message: { account, envelope: { ...from, receiptMessage: {} } }, targets: [] },
    { message: { account, envelope: { ...from, typingMessage } }, targets: [] },
  ],
  inboundIn: [
    { event: { account, envelope: { ...from, typingMessage } }, events: [started] },
    {
      event: { account, envelope: { ...from, typingMessage: { ...typingMessage, groupId } } },
      events: [{ ...started, target: group }],
    },
    {
      event: {
        account,
        envelope: { ...from, typingMessage: { ...typingMessage, action: 'STOPPED' } },
      },
      events: [{ ...started, state: 'stopped', expiresInMs: 0 }],
    },
    { event: { account, envelope: { ...from, dataMessage } }, events: [] },
  ],
  failures: [
    ...failures,
    {
      name: '404 of another program',
      answer: { status: 404, body: '404 page not found' },
      code: 'rejected',
      message: 'Check that baseUrl is the address of signal-cli-rest-api, without /v1.',
    },
  ],
  statuses: { 404: 'rejected' },
};

describeTypingProvider('signal behind a proxy', facts);
