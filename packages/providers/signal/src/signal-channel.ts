import type { ChannelDescription } from '@typingkit/core';
import { signal, signalAddress } from './signal.ts';
import type { SignalTarget } from './target.ts';

/** The channel `signal`, as it is configured by strings: environment variables, flags. */
export const signalChannel: ChannelDescription<SignalTarget, 'signal'> = {
  channel: 'signal',
  provider: 'signal',
  factory: 'signal',
  vendor: 'Signal',
  documentation: 'https://github.com/bbernhard/signal-cli-rest-api#readme',
  targetFields: [
    {
      name: 'recipient',
      description: 'who sees it: an account id, a phone number, u: and a name, or group. and an id',
      example: 'b5b2e1a4-6c4c-4b7e-9f0a-2d6f1d0b7c11',
      isOptional: false,
    },
    {
      name: 'number',
      description: 'the registered number that types, if not the configured one',
      example: '+15551234567',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'number',
      variables: ['SIGNAL_NUMBER'],
      description: 'the registered number that types',
      example: '+15551234567',
      isRequired: true,
      isSecret: false,
    },
    {
      name: 'baseUrl',
      variables: ['SIGNAL_API_URL'],
      description: 'the address of signal-cli-rest-api',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: ({ number }) => signalAddress({ number }),
  create: ({ number = '', baseUrl }) => signal({ number, baseUrl }),
};
