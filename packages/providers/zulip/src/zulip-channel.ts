import type { ChannelDescription } from '@typingkit/core';
import type { ZulipTarget } from './target.ts';
import { zulip, zulipAddress } from './zulip.ts';

/** The channel `zulip`, as it is configured by strings: environment variables, flags. */
export const zulipChannel: ChannelDescription<ZulipTarget, 'zulip'> = {
  channel: 'zulip',
  provider: 'zulip',
  factory: 'zulip',
  vendor: 'Zulip',
  documentation: 'https://zulip.com/api/api-keys',
  targetFields: [
    {
      name: 'to',
      description:
        "the people's ids, separated by commas, as display_recipient[].id; with a topic, the channel's id, as stream_id",
      example: '9',
      isOptional: false,
    },
    {
      name: 'topic',
      description: 'the topic in the channel, as subject in every message',
      example: 'support',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'baseUrl',
      variables: ['ZULIP_SITE'],
      description: 'the URL of the organization',
      isRequired: true,
      isSecret: false,
      isAddress: true,
    },
    {
      name: 'email',
      variables: ['ZULIP_EMAIL'],
      description: 'the email of the bot, from its zuliprc',
      example: 'my-bot@example.zulipchat.com',
      isRequired: true,
      isSecret: false,
    },
    {
      name: 'apiKey',
      variables: ['ZULIP_API_KEY'],
      description: 'the API key of the bot, from its zuliprc',
      isRequired: true,
      isSecret: true,
    },
  ],
  address: ({ email }) => zulipAddress({ email }),
  create: ({ baseUrl = '', email = '', apiKey = '' }) => zulip({ baseUrl, email, apiKey }),
};
