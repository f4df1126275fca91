import type { ChannelDescription } from '@typingkit/core';
import { discord, discordAddress } from './discord.ts';
import type { DiscordTarget } from './target.ts';

/** The channel `discord`, as it is configured by strings: environment variables, flags. */
export const discordChannel: ChannelDescription<DiscordTarget, 'discord'> = {
  channel: 'discord',
  provider: 'discord',
  factory: 'discord',
  vendor: 'Discord',
  documentation: 'https://discord.com/developers/docs/quick-start/getting-started',
  targetFields: [
    {
      name: 'channelId',
      description:
        'the id of the channel, thread or direct message, as channel_id in every message',
      example: '1234567890123456789',
      isOptional: false,
    },
  ],
  settings: [
    {
      name: 'botToken',
      variables: ['DISCORD_BOT_TOKEN', 'DISCORD_TOKEN'],
      description: 'the token of the bot, from the Developer Portal',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'baseUrl',
      variables: ['DISCORD_API_URL'],
      description: 'the base URL of the API, with its version',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: () => discordAddress(),
  create: ({ botToken = '', baseUrl }) => discord({ botToken, baseUrl }),
};
