import type { ChannelDescription } from '@typingkit/core';
import { mattermost, mattermostAddress } from './mattermost.ts';
import type { MattermostTarget } from './target.ts';

/** The channel `mattermost`, as it is configured by strings: environment variables, flags. */
export const mattermostChannel: ChannelDescription<MattermostTarget, 'mattermost'> = {
  channel: 'mattermost',
  provider: 'mattermost',
  factory: 'mattermost',
  vendor: 'Mattermost',
  documentation: 'https://developers.mattermost.com/integrate/reference/bot-accounts/',
  targetFields: [
    {
      name: 'channelId',
      description: 'the id of the channel, as channel_id in every post',
      example: 'k3m8p9qzt7gyxc1n5w4rbd6fho',
      isOptional: false,
    },
    {
      name: 'threadId',
      description: "the id of the thread's first post, as root_id in its replies",
      example: 'z9y8x7w6v5u4t3s2r1q0ponmlk',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'baseUrl',
      variables: ['MATTERMOST_URL'],
      description: 'the URL of the server',
      isRequired: true,
      isSecret: false,
      isAddress: true,
    },
    {
      name: 'token',
      variables: ['MATTERMOST_TOKEN'],
      description: 'the token of the bot, from the integrations of the server',
      isRequired: true,
      isSecret: true,
    },
  ],
  address: () => mattermostAddress(),
  create: ({ baseUrl = '', token = '' }) => mattermost({ baseUrl, token }),
};
