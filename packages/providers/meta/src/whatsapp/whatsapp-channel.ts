import type { ChannelDescription } from '@typingkit/core';
import type { WhatsAppTarget } from './target.ts';
import { whatsapp, whatsappAddress } from './whatsapp.ts';

/** The channel `whatsapp`, as it is configured by strings: environment variables, flags. */
export const whatsappChannel: ChannelDescription<WhatsAppTarget, 'whatsapp'> = {
  channel: 'whatsapp',
  provider: 'meta',
  factory: 'whatsapp',
  vendor: 'Meta',
  documentation:
    'https://developers.facebook.com/documentation/business-messaging/whatsapp/get-started',
  targetFields: [
    {
      name: 'messageId',
      description: 'the id of a message that the person sent, as messages[].id in the webhook',
      example: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI',
      isOptional: false,
    },
    {
      name: 'from',
      description: 'who sent it, as messages[].from: messages of one person are one conversation',
      example: '16505551234',
      isOptional: true,
    },
    {
      name: 'phoneNumberId',
      description: 'the number that types, as metadata.phone_number_id',
      example: '106540352242922',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'accessToken',
      variables: ['WHATSAPP_ACCESS_TOKEN'],
      description: 'the access token of a system user',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'phoneNumberId',
      variables: ['WHATSAPP_PHONE_NUMBER_ID'],
      description: 'the id of the phone number that types',
      example: '106540352242922',
      isRequired: true,
      isSecret: false,
    },
    {
      name: 'baseUrl',
      variables: ['WHATSAPP_API_URL'],
      description: 'the base URL of the Graph API',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: ({ phoneNumberId }) => whatsappAddress({ phoneNumberId }),
  create: ({ accessToken = '', phoneNumberId = '', baseUrl }) =>
    whatsapp({ accessToken, phoneNumberId, baseUrl }),
};
