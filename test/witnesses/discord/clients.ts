import { createDiscordAdapter, type DiscordAdapterConfig } from '@chat-adapter/discord';
import { REST } from '@discordjs/rest';
import { Client, Events, Partials } from 'discord.js';
import type { DiscordTarget } from '@typingkit/discord';
import type { Witnesses } from '../witness.ts';

/** It would print each failure, which is thrown anyway. */
const silent: NonNullable<DiscordAdapterConfig['logger']> = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};

export const witnesses: Witnesses<DiscordTarget> = {
  '@discordjs/rest'({ baseUrl, apiKey }) {
    const rest = new REST({
      // It appends the version itself.
      api: baseUrl.replace(/\/v10$/, ''),
      version: '10',
      retries: 0,
      rejectOnRateLimit: () => true,
    }).setToken(apiKey);
    return { start: ({ channelId }) => rest.post(`/channels/${channelId}/typing`) };
  },
  '@chat-adapter/discord'({ baseUrl, apiKey }) {
    const adapter = createDiscordAdapter({
      apiUrl: baseUrl,
      applicationId: '1234567890123456780',
      botToken: apiKey,
      publicKey: '0'.repeat(64),
      logger: silent,
    });
    return {
      start: ({ channelId }) =>
        adapter.startTyping(adapter.encodeThreadId({ guildId: '@me', channelId })),
    };
  },
};

/** What discord.js hands on of a message or of typing in a direct message. */
export function handOn({ t, d }: { readonly t: string; readonly d: object }): unknown {
  const client = new Client({ intents: [], partials: [Partials.Channel, Partials.User] });
  const handedOn: unknown[] = [];
  client.on(Events.MessageCreate, (message) => handedOn.push(message));
  client.on(Events.TypingStart, (typing) => handedOn.push(typing));
  // It has no public way to give it what the gateway sent.
  const { actions } = client as unknown as {
    readonly actions: Readonly<Record<string, { handle(data: object): void }>>;
  };
  // Typing in a channel that it does not know is dropped.
  actions['ChannelCreate']?.handle({ id: Object(d).channel_id, type: 1, recipients: [] });
  actions[t === 'MESSAGE_CREATE' ? 'MessageCreate' : 'TypingStart']?.handle(d);
  return handedOn.at(-1);
}
