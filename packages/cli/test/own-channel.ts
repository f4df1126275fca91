import { type ChannelDescription, type ProviderAddress, TypingError } from '@typingkit/core';

interface Room {
  readonly roomName: string;
  readonly threadId?: string;
}

const address: ProviderAddress<Room> = {
  specification: 1,
  name: 'acme',
  capabilities: {
    ttl: { kind: 'until-stopped' },
    repeat: 'forbidden',
    stop: 'explicit',
    clearsOnMessage: false,
    groups: true,
    minIntervalMs: 1_000,
    sideEffects: ['marks-read'],
    inbound: false,
    requires: [],
  },
  parseTarget,
  conversationKey: ({ roomName, threadId }) => JSON.stringify([roomName, threadId]),
};

/** A channel that nobody but its owner knows. */
const pager: ChannelDescription<Room> = {
  channel: 'pager',
  provider: 'acme',
  factory: 'acme',
  vendor: 'Acme',
  documentation: 'https://acme.example.com/docs',
  targetFields: [
    { name: 'roomName', description: 'the room', example: 'lobby', isOptional: false },
    { name: 'threadId', description: 'the thread in it', example: '7', isOptional: true },
  ],
  settings: [
    {
      name: 'baseUrl',
      variables: ['ACME_URL'],
      description: 'where Acme is',
      isRequired: true,
      isSecret: false,
    },
  ],
  address: () => address,
  create: ({ baseUrl = '' }) => ({
    ...address,
    async start(target) {
      await say(baseUrl, { ...target, types: true });
      return { warnings: [{ code: 'shouting', message: 'Everybody in the room sees it.' }] };
    },
    stop: (target) => say(baseUrl, { ...target, types: false }),
  }),
};

function parseTarget(input: unknown): Room {
  // Checked in the next line; nothing else reads it before.
  const room = input as Room;
  if (typeof room.roomName === 'string') return room;
  throw new TypingError({ code: 'invalid-target', reason: 'roomName must be a text' });
}

async function say(baseUrl: string, body: object): Promise<void> {
  const { status } = await fetch(baseUrl, { method: 'POST', body: JSON.stringify(body) });
  if (status !== 200) throw new TypingError({ code: 'unavailable', reason: 'Acme is closed' });
}

export default [pager];
