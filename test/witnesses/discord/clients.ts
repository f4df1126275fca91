import { createDiscordAdapter, type DiscordAdapterConfig } from '@chat-adapter/discord';
import { REST } from '@discordjs/rest';
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
