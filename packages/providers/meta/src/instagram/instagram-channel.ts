import type { ChannelDescription } from '@typingkit/core';
import { instagram, instagramAddress, type InstagramTarget } from './instagram.ts';

/** The channel `instagram`, as it is configured by strings: environment variables, flags. */
export const instagramChannel: ChannelDescription<InstagramTarget, 'instagram'> = {
  channel: 'instagram',
  provider: 'meta',
  factory: 'instagram',
  vendor: 'Meta',
  documentation:
    'https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/get-started',
  targetFields: [
    {
      name: 'recipientId',
      description: 'the id of the person for this account, as sender.id in the webhook',
      example: '6483290847556213',
      isOptional: false,
    },
    {
      name: 'accountId',
      description: "the account that types, as entry[].id, if not the token's",
      example: '17841405309211844',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'accessToken',
      variables: ['INSTAGRAM_ACCESS_TOKEN'],
      description: 'the access token of the account',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'accountId',
      variables: ['INSTAGRAM_ACCOUNT_ID'],
      description: "the account that types, if not the token's",
      isRequired: false,
      isSecret: false,
    },
    {
      name: 'baseUrl',
      variables: ['INSTAGRAM_API_URL'],
      description: 'the base URL of the API',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: ({ accountId }) => instagramAddress({ accountId }),
  create: ({ accessToken = '', accountId, baseUrl }) =>
    instagram({ accessToken, accountId, baseUrl }),
};
