import { describeTypingProvider, type ProviderFacts } from '@typingkit/testing';
import { instagram, instagramAddress, type InstagramTarget } from '../src/index.ts';
import { graphFailures, refused } from './graph-failures.ts';
import { event, messagingWebhook, silences, text } from './messaging-webhook.ts';

const accountId = '17841405309211844';
const recipientId = '6483290847556213';
const target = { recipientId, accountId };
const sends = (action: string, owner = accountId) => ({
  method: 'POST',
  path: `/v25.0/${owner}/messages`,
  json: { recipient: { id: recipientId }, sender_action: action },
  answer: { status: 200, json: { recipient_id: recipientId } },
});
const webhook = (...events: readonly object[]): object =>
  messagingWebhook('instagram', accountId, ...events);

const facts: ProviderFacts<InstagramTarget> = {
  create: ({ apiKey, ...transport }) => instagram({ accessToken: apiKey, accountId, ...transport }),
  address: () => instagramAddress({ accountId }),
  target: { recipientId },
  otherTarget: { recipientId: '7483290847556214' },
  sameConversation: [target],
  invalidTargets: [
    { recipientId: '1234' },
    { recipientId: 6_483_290_847 },
    { recipientId: '@ada' },
    { recipientId, accountId: 'my.account' },
  ],
  hidden: [recipientId, accountId],
  authorization: (token) => ({ authorization: `Bearer ${token}` }),
  start: sends('typing_on'),
  stop: sends('typing_off'),
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: '/v25.0/me?fields=user_id',
        answer: { status: 200, json: { user_id: accountId } },
      },
    ],
    willShow: 'unknown',
    codes: ['unverified'],
  },
  targetsIn: [
    { message: webhook(event(recipientId, text)), targets: [target] },
    { message: webhook(event(recipientId, text), event(recipientId, text)), targets: [target] },
    ...Object.values(silences).map((what) => ({
      message: webhook(event(recipientId, what)),
      targets: [],
    })),
    { message: webhook(event(accountId, text)), targets: [] },
    { message: messagingWebhook('page', accountId, event(recipientId, text)), targets: [] },
  ],
  failures: [
    ...graphFailures,
    {
      ...refused(10, 'unsupported', {
        subcode: 2_534_022,
        message: '(#10) This message is sent outside of allowed window.',
      }),
      message: 'has to write again',
    },
    refused(10, 'unsupported', { subcode: 2_018_278 }),
    refused(1_545_041, 'unsupported'),
    refused(32, 'rate-limited'),
    refused(613, 'rate-limited'),
    {
      name: '200 that names nobody',
      answer: { status: 200, json: { success: true } },
      code: 'bad-response',
    },
  ],
};

describeTypingProvider('instagram', facts);
describeTypingProvider('instagram with the token of its page', {
  ...facts,
  create: ({ apiKey, ...transport }) =>
    instagram({ accessToken: apiKey, accountId, pageId: '100841475479486', ...transport }),
  address: () => instagramAddress({ accountId, pageId: '100841475479486' }),
  start: sends('typing_on', '100841475479486'),
  stop: sends('typing_off', '100841475479486'),
  diagnose: undefined,
});
