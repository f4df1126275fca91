import type { ChannelDescription } from '@typingkit/core';
import { sendblue, sendblueAddress } from './sendblue.ts';
import type { SendblueTarget } from './target.ts';

/** The channel `imessage` through Sendblue, as it is configured by strings: environment variables, flags. */
export const sendblueChannel: ChannelDescription<SendblueTarget, 'imessage'> = {
  channel: 'imessage',
  provider: 'sendblue',
  factory: 'sendblue',
  vendor: 'Sendblue',
  documentation: 'https://docs.sendblue.com/getting-started/credentials',
  targetFields: [
    {
      name: 'number',
      description: "the person's phone number, as from_number in the webhook",
      example: '+14155551234',
      isOptional: false,
    },
    {
      name: 'fromNumber',
      description: 'the line that types, as sendblue_number in the webhook',
      example: '+19175551234',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'apiKeyId',
      variables: ['SENDBLUE_API_KEY_ID'],
      description: 'the id of the API key, from the dashboard',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'apiSecretKey',
      variables: ['SENDBLUE_API_SECRET_KEY'],
      description: 'the secret of the API key, from the dashboard',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'fromNumber',
      variables: ['SENDBLUE_FROM_NUMBER'],
      description: 'the line that types: one of your Sendblue numbers',
      example: '+19175551234',
      isRequired: true,
      isSecret: false,
    },
    {
      name: 'baseUrl',
      variables: ['SENDBLUE_API_URL'],
      description: 'the base URL of the API',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: ({ fromNumber }) => sendblueAddress({ fromNumber }),
  create: ({ apiKeyId = '', apiSecretKey = '', fromNumber = '', baseUrl }) =>
    sendblue({ credentials: { apiKeyId, apiSecretKey }, fromNumber, baseUrl }),
};
