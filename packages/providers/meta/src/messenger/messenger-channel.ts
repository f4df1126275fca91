import type { ChannelDescription } from '@typingkit/core';
import { messenger, messengerAddress, type MessengerTarget } from './messenger.ts';

/** The channel `messenger`, as it is configured by strings: environment variables, flags. */
export const messengerChannel: ChannelDescription<MessengerTarget, 'messenger'> = {
  channel: 'messenger',
  provider: 'meta',
  factory: 'messenger',
  vendor: 'Meta',
  documentation:
    'https://developers.facebook.com/documentation/business-messaging/messenger-platform/get-started',
  targetFields: [
    {
      name: 'recipientId',
      description: 'the id of the person for this page, as sender.id in the webhook',
      example: '5458290847556289',
      isOptional: false,
    },
    {
      name: 'pageId',
      description: "the page that types, as entry[].id, if not the token's",
      example: '100841475479486',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'accessToken',
      variables: ['FACEBOOK_PAGE_ACCESS_TOKEN'],
      description: 'the access token of the page',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'baseUrl',
      variables: ['FACEBOOK_API_URL'],
      description: 'the base URL of the Graph API',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: () => messengerAddress(),
  create: ({ accessToken = '', baseUrl }) => messenger({ accessToken, baseUrl }),
};
