import type { ChannelDescription } from '@typingkit/core';
import { bluebubbles, bluebubblesAddress } from './bluebubbles.ts';
import type { BlueBubblesTarget } from './target.ts';

/** The channel `imessage` through BlueBubbles, as it is configured by strings: environment variables, flags. */
export const bluebubblesChannel: ChannelDescription<BlueBubblesTarget, 'imessage'> = {
  channel: 'imessage',
  provider: 'bluebubbles',
  factory: 'bluebubbles',
  vendor: 'BlueBubbles',
  documentation: 'https://docs.bluebubbles.app/private-api',
  targetFields: [
    {
      name: 'chatGuid',
      description: 'the guid of the chat, as data.chats[0].guid of a new-message webhook',
      example: 'iMessage;-;+15551234567',
      isOptional: false,
    },
  ],
  settings: [
    {
      name: 'password',
      variables: ['BLUEBUBBLES_PASSWORD'],
      description: 'the password of the server',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'baseUrl',
      variables: ['BLUEBUBBLES_SERVER_URL'],
      description: "the server's address",
      isRequired: true,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: () => bluebubblesAddress(),
  create: ({ password = '', baseUrl = '' }) => bluebubbles({ password, baseUrl }),
};
