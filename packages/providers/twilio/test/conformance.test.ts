import { describeTypingProvider, type ProviderFacts, type VendorFailure } from '@typingkit/testing';
import {
  twilio,
  twilioAddress,
  type TwilioAppleTarget,
  type TwilioCredentials,
  type TwilioWhatsAppTarget,
} from '../src/index.ts';

const credential = {
  accountSid: 'AC0123456789abcdef0123456789abcdef',
  authToken: 'conformance-auth-token',
};
const authorization = ({ accountSid, authToken }: TwilioCredentials) => ({
  authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}`,
});
const refused = (status: number, code: number, message: string, means: VendorFailure['code']) => ({
  name: `${status} ${code}`,
  answer: {
    status,
    json: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  },
  code: means,
  vendorCode: String(code),
  docUrl: `https://www.twilio.com/docs/errors/${code}`,
  message,
});

/** @see https://www.twilio.com/docs/api/errors */
const failures: readonly VendorFailure[] = [
  refused(400, 20_001, 'invalid or incomplete inbound data in MDR', 'rejected'),
  refused(401, 20_003, 'Authenticate', 'unauthenticated'),
  refused(403, 20_403, 'Forbidden', 'forbidden'),
  refused(404, 20_404, 'Not found here', 'not-found'),
  refused(429, 20_429, 'Too Many Requests', 'rate-limited'),
  refused(500, 20_500, 'Internal Server Error', 'unavailable'),
  {
    name: '200 without success',
    answer: { status: 200, json: { success: false } },
    code: 'rejected',
  },
  { name: '200 that says nothing', answer: { status: 200, json: {} }, code: 'bad-response' },
  {
    name: '200 with a word',
    answer: { status: 200, json: { success: 'true' } },
    code: 'bad-response',
  },
];

const messageId = 'SM0123456789abcdef0123456789abcdef';
const person = 'whatsapp:+14155551234';
const number = 'whatsapp:+14155238886';
const business = 'apple:2ad65ca2-6b5e-4a3b-9c4a-1b1f5d1e3f7a';
const customer = 'apple:urn:mbid:AQAAY8iQ';

const onWhatsApp = {
  MessageSid: messageId,
  SmsStatus: 'received',
  From: person,
  To: number,
  WaId: '1',
};
const onApple = { MessageSid: messageId, From: customer, To: business };
const sms = { MessageSid: messageId, From: '+14155551234', To: '+14155238886' };
const status = { ...onWhatsApp, MessageStatus: 'delivered' };

const whatsapp: ProviderFacts<TwilioWhatsAppTarget, TwilioCredentials> = {
  create: ({ apiKey: credentials, ...transport }) =>
    twilio({ network: 'whatsapp', credentials, ...transport }),
  address: () => twilioAddress({ network: 'whatsapp' }),
  credential,
  target: { messageId, from: person, to: number },
  otherTarget: { messageId: 'MM00000000000000000000000000000001' },
  sameConversation: [{ messageId: 'MM0123456789ABCDEF0123456789ABCDEF', from: person, to: number }],
  invalidTargets: [
    { messageId: 'AC0123456789abcdef0123456789abcdef' },
    { messageId: messageId.slice(0, -1) },
    { messageId, from: '+14155551234' },
    { from: business, to: customer },
  ],
  authorization,
  start: {
    method: 'POST',
    path: '/v2/Indicators/Typing.json',
    form: { channel: 'whatsapp', messageId },
    answer: { status: 200, json: { success: true } },
  },
  stop: 'expires',
  targetsIn: [
    { message: onWhatsApp, targets: [{ messageId, from: person, to: number }] },
    { message: onApple, targets: [] },
    { message: sms, targets: [] },
    { message: status, targets: [] },
  ],
  failures,
};

const apple: ProviderFacts<TwilioAppleTarget, TwilioCredentials> = {
  create: ({ apiKey: credentials, ...transport }) =>
    twilio({ network: 'apple', credentials, ...transport }),
  address: () => twilioAddress({ network: 'apple' }),
  credential,
  target: { from: business, to: customer },
  otherTarget: { from: business, to: 'apple:urn:mbid:AQAAother' },
  invalidTargets: [
    { messageId },
    { from: customer, to: business },
    { from: business },
    { from: business, to: 'apple:urn:mbid:' },
  ],
  authorization,
  start: {
    method: 'POST',
    path: '/v3/Indicators/Typing.json',
    json: { channel: 'APPLE', from: business, to: customer, event: 'START' },
    answer: { status: 200, json: { success: true } },
  },
  stop: {
    method: 'POST',
    path: '/v3/Indicators/Typing.json',
    json: { channel: 'APPLE', from: business, to: customer, event: 'END' },
    answer: { status: 200, json: { success: true } },
  },
  targetsIn: [
    { message: onApple, targets: [{ from: business, to: customer }] },
    { message: onWhatsApp, targets: [] },
    { message: sms, targets: [] },
  ],
  failures,
};

describeTypingProvider('twilio on WhatsApp', whatsapp);
describeTypingProvider('twilio on Apple Messages for Business', apple);
