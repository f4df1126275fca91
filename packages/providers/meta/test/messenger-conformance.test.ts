import { describeTypingProvider, type ProviderFacts } from '@typingkit/testing';
import { messenger, messengerAddress, type MessengerTarget } from '../src/index.ts';
import { graphFailures, refused } from './graph-failures.ts';
import { entry, event, messagingWebhook, silences, text } from './messaging-webhook.ts';

const pageId = '100841475479486';
const recipientId = '5458290847556289';
const sends = (action: string) => ({
  method: 'POST',
  path: `/v25.0/${pageId}/messages`,
  json: { recipient: { id: recipientId }, sender_action: action },
  answer: { status: 200, json: { recipient_id: recipientId } },
});
const webhook = (...events: readonly object[]): object =>
  messagingWebhook('page', pageId, ...events);
const target = { recipientId, pageId };

const targetsIn: ProviderFacts<MessengerTarget>['targetsIn'] = [
  { message: webhook(event(recipientId, text)), targets: [target] },
  { message: webhook(event(recipientId, { postback: { payload: 'START' } })), targets: [target] },
  { message: webhook(event(recipientId, text), event(recipientId, text)), targets: [target] },
  {
    message: {
      object: 'page',
      entry: [
        entry(pageId, event(recipientId, text), event('4458290847556280', text)),
        entry('7', event('3458290847556281', text)),
      ],
    },
    targets: [
      target,
      { recipientId: '4458290847556280', pageId },
      { recipientId: '3458290847556281', pageId: '7' },
    ],
  },
  ...Object.values(silences).map((what) => ({
    message: webhook(event(recipientId, what)),
    targets: [],
  })),
  // The page itself.
  { message: webhook(event(pageId, text)), targets: [] },
  // Another app has the conversation.
  {
    message: { object: 'page', entry: [{ id: pageId, standby: [event(recipientId, text)] }] },
    targets: [],
  },
  { message: messagingWebhook('instagram', pageId, event(recipientId, text)), targets: [] },
];

describeTypingProvider('messenger', {
  create: ({ apiKey, ...transport }) => messenger({ accessToken: apiKey, pageId, ...transport }),
  address: () => messengerAddress({ pageId }),
  target: { recipientId },
  otherTarget: { recipientId: '4458290847556280' },
  sameConversation: [target],
  invalidTargets: [
    { recipientId: '1234' },
    { recipientId: 5_458_290_847 },
    { recipientId: 'ada.lovelace' },
    { recipientId, pageId: 'my-page' },
  ],
  hidden: [recipientId, pageId],
  authorization: (token) => ({ authorization: `Bearer ${token}` }),
  start: sends('typing_on'),
  stop: sends('typing_off'),
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: `/v25.0/${pageId}?fields=id`,
        answer: { status: 200, json: { id: pageId } },
      },
      {
        method: 'GET',
        path: `/v25.0/${pageId}/conversations?platform=messenger&user_id=${recipientId}&fields=updated_time`,
        answer: { status: 200, json: { data: [] } },
      },
    ],
    willShow: 'no',
    codes: ['wrong-owner', 'unverified'],
  },
  targetsIn,
  failures: [
    ...graphFailures,
    { ...refused(10, 'unsupported', { subcode: 2_018_278 }), message: 'has to write again' },
    refused(100, 'not-found', { subcode: 2_018_001 }),
    refused(100, 'not-found', { subcode: 33 }),
    refused(100, 'rejected', { subcode: 2_018_034 }),
    refused(551, 'forbidden'),
    refused(551, 'forbidden', { subcode: 1_545_041 }),
    refused(1, 'forbidden', { subcode: 99 }),
    refused(32, 'rate-limited'),
    refused(613, 'rate-limited'),
    refused(4, 'rate-limited', { subcode: 2_018_022 }),
    refused(1_200, 'unavailable'),
    {
      name: '200 that names nobody',
      answer: { status: 200, json: { result: 'ok' } },
      code: 'bad-response',
    },
  ],
});
