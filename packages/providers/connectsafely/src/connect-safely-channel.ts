import type { ChannelDescription } from '@typingkit/core';
import { connectSafelyAddress } from './connect-safely-address.ts';
import { connectSafely } from './connect-safely.ts';
import type { ConnectSafelyTarget } from './target.ts';

/** The channel `linkedin`, as it is configured by texts: environment variables, flags. */
export const connectSafelyChannel: ChannelDescription<ConnectSafelyTarget, 'linkedin'> = {
  channel: 'linkedin',
  provider: 'connectsafely',
  factory: 'connectSafely',
  vendor: 'ConnectSafely',
  documentation: 'https://connectsafely.ai/docs',
  targetFields: [
    {
      name: 'conversationUrn',
      description:
        'the URN of the conversation in the mailbox of the account that types, as GET /messaging/recent-messages lists it',
      example: 'urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAExample,2-ZXhhbXBsZQ==)',
      isOptional: false,
    },
    {
      name: 'accountId',
      description: "the LinkedIn account that types, if not the key's default one",
      example: '507f1f77bcf86cd799439011',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'apiKey',
      variables: ['CONNECTSAFELY_API_KEY'],
      description: "ConnectSafely's API key",
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'accountId',
      variables: ['CONNECTSAFELY_ACCOUNT_ID'],
      description: 'the LinkedIn account that types if the target does not name one',
      isRequired: false,
      isSecret: false,
    },
    {
      name: 'baseUrl',
      variables: ['CONNECTSAFELY_BASE_URL'],
      description: 'the base URL of the API',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: ({ accountId }) => connectSafelyAddress({ accountId }),
  create: ({ apiKey = '', accountId, baseUrl }) => connectSafely({ apiKey, accountId, baseUrl }),
};
