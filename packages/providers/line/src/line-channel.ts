import type { ChannelDescription } from '@typingkit/core';
import { line, lineAddress } from './line.ts';
import type { LineTarget } from './target.ts';

/** The channel `line`, as it is configured by strings: environment variables, flags. */
export const lineChannel: ChannelDescription<LineTarget, 'line'> = {
  channel: 'line',
  provider: 'line',
  factory: 'line',
  vendor: 'LINE',
  documentation: 'https://developers.line.biz/en/docs/messaging-api/getting-started/',
  targetFields: [
    {
      name: 'userId',
      description: "the person's id, as source.userId in the webhook",
      example: 'U4af4980629d9a7bd4cb8aeab5b3b9bd1',
      isOptional: false,
    },
  ],
  settings: [
    {
      name: 'channelAccessToken',
      variables: ['LINE_CHANNEL_ACCESS_TOKEN'],
      description: 'the channel access token, from the LINE Developers Console',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'baseUrl',
      variables: ['LINE_API_URL'],
      description: 'the base URL of the API',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: () => lineAddress(),
  create: ({ channelAccessToken = '', baseUrl }) => line({ channelAccessToken, baseUrl }),
};
