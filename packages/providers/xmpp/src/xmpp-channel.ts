import type { ChannelDescription } from '@typingkit/core';
import type { XmppTarget } from './target.ts';
import { xmpp, xmppAddress } from './xmpp.ts';

/** The channel `xmpp`, as it is configured by strings: environment variables, flags. */
export const xmppChannel: ChannelDescription<XmppTarget, 'xmpp'> = {
  channel: 'xmpp',
  provider: 'xmpp',
  factory: 'xmpp',
  vendor: 'XMPP',
  documentation: 'https://xmpp.org/getting-started/',
  targetFields: [
    {
      name: 'to',
      description: 'the address of a person or of a room, as from in every message',
      example: 'bob@example.org',
      isOptional: false,
    },
    {
      name: 'type',
      description: 'groupchat for a room',
      example: 'chat',
      isOptional: true,
    },
  ],
  settings: [
    {
      name: 'jid',
      variables: ['XMPP_JID'],
      description: "the bot's account",
      example: 'bot@example.org',
      isRequired: true,
      isSecret: false,
    },
    {
      name: 'password',
      variables: ['XMPP_PASSWORD'],
      description: 'the password of the account',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'service',
      variables: ['XMPP_SERVICE'],
      description: 'the server, if the domain of the account does not lead to it',
      example: 'xmpps://example.org:5223',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: ({ jid }) => xmppAddress({ jid }),
  create: ({ jid = '', password = '', service }) => xmpp({ jid, password, service }),
};
