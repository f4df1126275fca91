import type { ProviderInboundEvent } from '@typingkit/core';
import {
  anything,
  integer,
  literal,
  nullish,
  object,
  optional,
  otherwise,
  string,
  transform,
  union,
} from '@typingkit/core/schema';
import type { DiscordTarget } from './target.ts';

/** A dispatch as it comes over the gateway. Libraries hand on what is inside. */
const Dispatch = object({ op: literal(0), t: string(), d: anything() });

const User = object({ id: string(), bot: anything() });
// An ordinary message and a reply. All others tell of joins, pins and the like.
const type = literal(0, 19);
const Message = union(
  object({ channel_id: string(), author: User, type, webhook_id: nullish(string()) }),
  // The `Message` of discord.js.
  transform(
    object({ channelId: string(), author: User, type, webhookId: nullish(string()) }),
    ({ channelId, webhookId, ...rest }) => ({
      channel_id: channelId,
      webhook_id: webhookId,
      ...rest,
    }),
  ),
);
const Typing = union(
  transform(
    object({
      channel_id: string(),
      user_id: string(),
      // In seconds.
      timestamp: integer({ min: 0, max: 10 ** 12 }),
      // In servers only.
      member: otherwise(optional(object({ user: User })), undefined),
    }),
    (typing) => ({
      channelId: typing.channel_id,
      user: { bot: undefined, ...typing.member?.user, id: typing.user_id },
      atMs: typing.timestamp * 1_000,
    }),
  ),
  // The `Typing` of discord.js.
  transform(
    object({
      channel: object({ id: string() }),
      user: User,
      startedTimestamp: integer({ min: 0, max: 10 ** 15 }),
    }),
    ({ channel, user, startedTimestamp }) => ({
      channelId: channel.id,
      user,
      atMs: startedTimestamp,
    }),
  ),
);

/**
 * The channel of a message: of the gateway's `MESSAGE_CREATE`, of the message in it, or of a message of discord.js. What
 * a bot or a webhook wrote gives none. Neither does an interaction: a deferred reply shows its own "is thinking…".
 *
 * @see https://discord.com/developers/docs/events/gateway-events#message-create
 */
export function discordTargetsIn(event: unknown): DiscordTarget[] {
  const dispatch = Dispatch.read(event);
  // No `MESSAGE_UPDATE`: one comes for every link that gets a preview, too.
  if (dispatch && dispatch.t !== 'MESSAGE_CREATE') return [];
  const message = Message.read(dispatch ? dispatch.d : event);
  if (!message || message.author.bot === true || message.webhook_id !== undefined) return [];
  return [{ channelId: message.channel_id }];
}

/**
 * A person who began to type: the gateway's `TYPING_START`, what is in it, or that of discord.js. Nothing tells of the
 * end.
 *
 * @param botId the bot itself, which is told of its own typing, too.
 * @see https://discord.com/developers/docs/events/gateway-events#typing-start
 */
export function discordInboundIn(
  event: unknown,
  botId: string | undefined,
): ProviderInboundEvent<DiscordTarget>[] {
  const dispatch = Dispatch.read(event);
  if (dispatch && dispatch.t !== 'TYPING_START') return [];
  const typing = Typing.read(dispatch ? dispatch.d : event);
  if (!typing || typing.user.bot === true || typing.user.id === botId) return [];
  const { channelId, user, atMs } = typing;
  return [
    {
      state: 'started',
      target: { channelId },
      at: new Date(atMs),
      // The event has no id.
      eventId: `${channelId}.${user.id}.${atMs}`,
      expiresInMs: 10_000,
    },
  ];
}
