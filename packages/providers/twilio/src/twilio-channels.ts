import type { ChannelDescription, ChannelSetting } from '@typingkit/core';
import type { TwilioAppleTarget, TwilioWhatsAppTarget } from './target.ts';
import { twilio, twilioAddress } from './twilio.ts';

const documentation = 'https://www.twilio.com/docs/iam/access-tokens';
const settings: readonly ChannelSetting[] = [
  {
    name: 'accountSid',
    variables: ['TWILIO_ACCOUNT_SID'],
    description: 'the SID of the account, from the Twilio Console',
    isRequired: true,
    isSecret: false,
  },
  {
    name: 'authToken',
    variables: ['TWILIO_AUTH_TOKEN'],
    description: 'the auth token of the account, from the Twilio Console',
    isRequired: true,
    isSecret: true,
  },
  {
    name: 'baseUrl',
    variables: ['TWILIO_API_URL'],
    description: 'the base URL of the messaging API, without its version',
    isRequired: false,
    isSecret: false,
    isAddress: true,
  },
];

/** The channel `whatsapp` through Twilio, as it is configured by strings: environment variables, flags. */
export const twilioWhatsAppChannel: ChannelDescription<TwilioWhatsAppTarget, 'whatsapp'> = {
  channel: 'whatsapp',
  provider: 'twilio',
  factory: 'twilio',
  vendor: 'Twilio',
  documentation,
  targetFields: [
    {
      name: 'messageId',
      description: 'a recent message that the person sent, as MessageSid in the webhook',
      example: 'SM0123456789abcdef0123456789abcdef',
      isOptional: false,
    },
    {
      name: 'from',
      description: 'who sent it, as From: messages of one person are one conversation',
      example: 'whatsapp:+14155551234',
      isOptional: true,
    },
    {
      name: 'to',
      description: 'your number, as To',
      example: 'whatsapp:+14155238886',
      isOptional: true,
    },
  ],
  settings,
  address: () => twilioAddress({ network: 'whatsapp' }),
  create: ({ accountSid = '', authToken = '', baseUrl }) =>
    twilio({ network: 'whatsapp', credentials: { accountSid, authToken }, baseUrl }),
};

/** The channel `apple`, Apple Messages for Business, likewise. */
export const twilioAppleChannel: ChannelDescription<TwilioAppleTarget, 'apple'> = {
  channel: 'apple',
  provider: 'twilio',
  factory: 'twilio',
  vendor: 'Twilio',
  documentation,
  targetFields: [
    {
      name: 'from',
      description: "your business, as To of the person's messages",
      example: 'apple:2ad65ca2-6b5e-4a3b-9c4a-1b1f5d1e3f7a',
      isOptional: false,
    },
    {
      name: 'to',
      description: 'the person, as From of their messages',
      example: 'apple:urn:mbid:AQAAY8iQ',
      isOptional: false,
    },
  ],
  settings,
  address: () => twilioAddress({ network: 'apple' }),
  create: ({ accountSid = '', authToken = '', baseUrl }) =>
    twilio({ network: 'apple', credentials: { accountSid, authToken }, baseUrl }),
};
