import type { ChannelDescription } from '@typingkit/core';
import type { SlackTarget } from './target.ts';
import { slack, slackAddress } from './slack.ts';

/** The channel `slack`, as it is configured by strings: environment variables, flags. */
export const slackChannel: ChannelDescription<SlackTarget, 'slack'> = {
  channel: 'slack',
  provider: 'slack',
  factory: 'slack',
  vendor: 'Slack',
  documentation: 'https://docs.slack.dev/authentication/tokens',
  targetFields: [
    {
      name: 'channelId',
      description: 'the channel, as event.channel in every event',
      example: 'C0123456789',
      isOptional: false,
    },
    {
      name: 'threadTs',
      description: 'the thread, as event.thread_ts, or event.ts of a message outside a thread',
      example: '1724264405.531769',
      isOptional: false,
    },
    {
      name: 'teamId',
      description: 'the workspace, as team_id of every event',
      example: 'T0123456789',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'botToken',
      variables: ['SLACK_BOT_TOKEN'],
      description: 'the token of the bot, xoxb-…, from "OAuth & Permissions" of the app',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'baseUrl',
      variables: ['SLACK_API_URL'],
      description: 'the base URL of the Web API',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: () => slackAddress(),
  create: ({ botToken = '', baseUrl }) => slack({ botToken, baseUrl }),
};
