import { describeTypingProvider } from '@typingkit/testing';
import { mattermost } from '../src/mattermost.ts';

const channelId = 'k3m8p9qzt7gyxc1n5w4rbd6fho';

describeTypingProvider('mattermost', {
  create: mattermost,
  target: { channelId },
  otherTarget: { channelId, threadId: 'z9y8x7w6v5u4t3s2r1q0ponmlk' },
  invalidTargets: [{ channelId: 'town-square' }, { channelId, threadId: 7 }],
  authorization: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),
  start: {
    method: 'POST',
    path: '/api/v4/users/me/typing',
    json: { channel_id: channelId },
    answer: { status: 200, json: { status: 'OK' } },
  },
  stop: 'expires',
  failures: [
    {
      name: 'a channel in which the bot may not post',
      answer: {
        status: 403,
        json: {
          id: 'api.context.permissions.app_error',
          message: 'You do not have the appropriate permissions.',
          request_id: 'p1q2r3s4t5u6v7w8x9y0z1a2b3',
          status_code: 403,
        },
      },
      code: 'forbidden',
      vendorCode: 'api.context.permissions.app_error',
      traceId: 'p1q2r3s4t5u6v7w8x9y0z1a2b3',
    },
  ],
});
