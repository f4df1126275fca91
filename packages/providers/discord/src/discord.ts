import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type TypingProvider,
} from '@typingkit/core';
import {
  type CredentialSource,
  credentialField,
  transportFields,
  type TransportOptions,
  vendorClient,
} from '@typingkit/core/http';
import { object, optional, strictObject, string } from '@typingkit/core/schema';
import { diagnoseChannel } from './diagnose.ts';
import { readDiscordError } from './error-body.ts';
import { discordInboundIn, discordTargetsIn } from './inbound.ts';
import { type DiscordTarget, Target } from './target.ts';

/** What {@link discordAddress} needs to know. */
export interface DiscordAddressOptions {
  /**
   * The bot's own user id. It names the credential, and `inboundIn` leaves out what the bot itself types. Default: that
   * in a fixed token.
   */
  readonly botId?: string | undefined;
}

/** What {@link discord} needs to know. */
export interface DiscordOptions extends TransportOptions, DiscordAddressOptions {
  /** The bot's token, without `Bot` before it, or a function that returns it. */
  readonly botToken: CredentialSource<string, DiscordTarget>;
  /** Where the API is, with its version. Default: `https://discord.com/api/v10`. */
  readonly baseUrl?: string | undefined;
}

const addressFields = { botId: optional(string(/^[1-9]\d{16,19}$/, 'must be 17 to 20 digits')) };
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...transportFields('https://discord.com/api/v10'),
  ...addressFields,
  botToken: credentialField<DiscordTarget>(),
});
// `{}`, or how long the bot has to wait before its next message, in a channel with slow mode.
const Accepted = object({});

/**
 * The part of {@link discord} that needs no token.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 */
export function discordAddress(
  options: DiscordAddressOptions = {},
): ProviderAddress<DiscordTarget> {
  const { botId } = parseOptions('discord', AddressOptions, options);
  return {
    specification: 1,
    name: 'discord',
    capabilities: {
      // https://discord.com/developers/docs/resources/channel#trigger-typing-indicator
      ttl: { kind: 'fixed', ms: 10_000, source: 'documented' },
      // No page says what a repeat and a message do. This is what its apps show.
      repeat: 'extends',
      clearsOnMessage: true,
      stop: 'expires',
      groups: true,
      refreshMs: 8_000,
      minIntervalMs: 1_000,
      sideEffects: [],
      inbound: true,
      requires: ['a bot that may send messages in the channel or thread'],
    },
    parseTarget: (input) => parseTarget('discord', Target, input),
    conversationKey: ({ channelId }) => channelId,
    // https://discord.com/developers/docs/topics/rate-limits: a limit is that of one route in one channel.
    budgetKey: ({ channelId }) => channelId,
    ...(botId !== undefined && { credentialKey: () => botId }),
    targetsIn: discordTargetsIn,
    inboundIn: (event) => discordInboundIn(event, botId),
  };
}

/**
 * Discord through its HTTP API, as a bot.
 *
 * It needs no gateway. For `inboundIn` the gateway's intents are `GUILD_MESSAGE_TYPING` and `DIRECT_MESSAGE_TYPING`.
 *
 * @throws TypingError `misconfigured`, where an option is missing or invalid.
 * @see https://discord.com/developers/docs/resources/channel#trigger-typing-indicator
 */
export function discord(options: DiscordOptions): TypingProvider<DiscordTarget> {
  const { botToken, botId, ...transport } = parseOptions('discord', Options, options);
  const ask = vendorClient<string, DiscordTarget>(
    'discord',
    { ...transport, apiKey: botToken },
    {
      credentialOption: 'botToken',
      authorize: (token) => ({ headers: { authorization: `Bot ${token}` } }),
      // Without one of this form Cloudflare refuses: https://discord.com/developers/docs/reference#user-agent
      headers: { 'user-agent': 'DiscordBot (https://github.com/typingkit/typingkit, 1.0)' },
      readError: readDiscordError,
    },
  );
  return {
    ...discordAddress({ botId: botId ?? idIn(botToken) }),
    async start(target, { signal }) {
      const answer = await ask(
        {
          operation: 'start',
          method: 'post',
          path: `/channels/${target.channelId}/typing`,
          expects: [200, 204],
          target,
        },
        { signal },
      );
      if (answer.status === 200 && !Accepted.accepts(answer.body)) throw answer.failure();
      return {};
    },
    diagnose: (target, call) => diagnoseChannel(ask, target, call),
  };
}

/** A token begins with the bot's id in base64. */
function idIn(botToken: CredentialSource<string, DiscordTarget>): string | undefined {
  if (typeof botToken !== 'string') return undefined;
  try {
    return /^[1-9]\d{16,19}$/.exec(atob(botToken.split('.')[0] ?? ''))?.[0];
  } catch {
    // It is not base64.
    return undefined;
  }
}
