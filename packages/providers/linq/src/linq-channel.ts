import type { ChannelDescription } from '@typingkit/core';
import { linq, linqAddress } from './linq.ts';
import type { LinqTarget } from './target.ts';

/** The channel `imessage`, as it is configured by texts: environment variables, flags. */
export const linqChannel: ChannelDescription<LinqTarget, 'imessage'> = {
  channel: 'imessage',
  provider: 'linq',
  factory: 'linq',
  vendor: 'Linq',
  documentation: 'https://docs.linqapp.com',
  targetFields: [
    {
      name: 'chatId',
      description: "the chat's UUID, as in the response to POST /v3/chats and in every webhook",
      example: '550e8400-e29b-41d4-a716-446655440000',
      isOptional: false,
    },
  ],
  settings: [
    {
      name: 'apiKey',
      variables: ['LINQ_API_KEY', 'LINQ_API_V3_API_KEY'],
      description: 'the token of the Linq Partner API',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'baseUrl',
      variables: ['LINQ_API_BASE_URL', 'LINQ_API_V3_BASE_URL'],
      description: 'the base URL of the API, without /v3',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: () => linqAddress(),
  create: ({ apiKey = '', baseUrl }) => linq({ apiKey, baseUrl }),
};
