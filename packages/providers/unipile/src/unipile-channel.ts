import type { ChannelDescription } from '@typingkit/core';
import type { UnipileTarget } from './target.ts';
import { unipile, unipileAddress } from './unipile.ts';

/** The channel `linkedin` through Unipile, as it is configured by strings: environment variables, flags. */
export const unipileChannel: ChannelDescription<UnipileTarget, 'linkedin'> = {
  channel: 'linkedin',
  provider: 'unipile',
  factory: 'unipile',
  vendor: 'Unipile',
  documentation: 'https://developer.unipile.com/v2.0/docs',
  targetFields: [
    {
      name: 'chatId',
      description: 'the id of the chat, as GET /{account_id}/chats lists it',
      example: '2-ZXhhbXBsZQ==',
      isOptional: false,
    },
    {
      name: 'accountId',
      description: 'the linked account that types, if not the one of the settings',
      example: 'acc_01example',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'apiKey',
      variables: ['UNIPILE_API_KEY'],
      description: 'the API key of Unipile',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'accountId',
      variables: ['UNIPILE_ACCOUNT_ID'],
      description: 'the linked account that types if the target does not name one',
      example: 'acc_01example',
      isRequired: true,
      isSecret: false,
    },
    {
      name: 'baseUrl',
      variables: ['UNIPILE_API_URL'],
      description: 'the base URL of the API, with its version',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: ({ accountId }) => unipileAddress({ accountId }),
  create: ({ apiKey = '', accountId = '', baseUrl }) => unipile({ apiKey, accountId, baseUrl }),
};
