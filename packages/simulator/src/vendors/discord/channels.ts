import { randomInt } from 'node:crypto';

import { z } from 'zod';

import { withoutUndefined } from '../../input.ts';
import type { SimulatedConversation, VendorFailure } from '../vendor.ts';
import { discordFailure } from './failures.ts';

/** As Discord numbers them. @see https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
const TYPES = {
  text: 0,
  dm: 1,
  voice: 2,
  category: 4,
  announcement: 5,
  thread: 11,
  'private-thread': 12,
  forum: 15,
} as const;

const BOT_STATES = [
  'member',
  'not-a-member',
  'without-permission',
  'banned',
  'blocked',
  'no-mutual-server',
] as const;

/** A channel as the bot sees it: of a server, a thread, or a direct message. */
export interface DiscordChannel extends SimulatedConversation {
  readonly target: { readonly channelId: string };
  readonly type: keyof typeof TYPES;
  /** The server; `null` for a direct message. */
  readonly guildId: string | null;
  /** Of a thread: the channel it is in. */
  readonly parentId: string | null;
  /** What the bot may do here. */
  readonly bot: (typeof BOT_STATES)[number];
  readonly isArchived: boolean;
  readonly isLocked: boolean;
  /** How long the bot has to wait between two messages. */
  readonly slowModeSeconds: number;
}

/** What a new channel is like; by default one of text in a server. */
export type DiscordChannelOptions = {
  readonly [Name in keyof Omit<DiscordChannel, 'id' | 'target'>]?: DiscordChannel[Name] | undefined;
} & { readonly channelId?: string | undefined };

/** What of a channel can change while it lives. */
export type DiscordChannelChange = Pick<
  DiscordChannelOptions,
  'bot' | 'isArchived' | 'isLocked' | 'slowModeSeconds'
>;

const snowflake = z.string().regex(/^[1-9]\d{16,19}$/);
const change = {
  bot: z.enum(BOT_STATES).optional(),
  isArchived: z.boolean().optional(),
  isLocked: z.boolean().optional(),
  slowModeSeconds: z.number().int().min(0).optional(),
};

export const discordChannelChange: z.ZodType<DiscordChannelChange> = z.strictObject(change);

export const discordChannelOptions: z.ZodType<DiscordChannelOptions> = z.strictObject({
  ...change,
  channelId: snowflake.optional(),
  // The keys of the table.
  type: z.enum(Object.keys(TYPES) as [keyof typeof TYPES]).optional(),
  guildId: snowflake.nullable().optional(),
  parentId: snowflake.nullable().optional(),
});

export function newSnowflake(): string {
  return String(10n ** 18n + BigInt(randomInt(2 ** 47)));
}

export function newDiscordChannel(options: DiscordChannelOptions): DiscordChannel {
  const { channelId = newSnowflake(), type = 'text', ...given } = options;
  const isThread = type === 'thread' || type === 'private-thread';
  return {
    guildId: type === 'dm' ? null : newSnowflake(),
    parentId: isThread ? newSnowflake() : null,
    bot: 'member',
    isArchived: false,
    isLocked: false,
    slowModeSeconds: 0,
    ...withoutUndefined(given),
    id: channelId,
    target: { channelId },
    type,
  };
}

/** Why the bot may not even see the channel; `null`: it may. */
export function invisibleBecause({ bot }: DiscordChannel): VendorFailure | null {
  return bot === 'not-a-member' || bot === 'banned' ? discordFailure(refusals[bot]) : null;
}

/** Why the bot may not write here; `null`: it may. */
export function refusalOf(channel: DiscordChannel): VendorFailure | null {
  const { bot, type, isArchived, isLocked } = channel;
  if (bot !== 'member') return discordFailure(refusals[bot]);
  if (type === 'forum') return discordFailure('forum');
  if (type === 'category') return discordFailure('non-text-channel');
  if (isLocked) return discordFailure('thread-locked');
  return isArchived ? discordFailure('thread-archived') : null;
}

const refusals = {
  'not-a-member': 'missing-access',
  'without-permission': 'missing-permissions',
  banned: 'banned',
  blocked: 'cannot-message-user',
  'no-mutual-server': 'no-mutual-guilds',
} as const;

/** A channel as `GET /channels/{id}` has it. */
export function channelBody(channel: DiscordChannel): object {
  const { id, type, guildId, parentId, isArchived, isLocked, slowModeSeconds } = channel;
  if (type === 'dm') return { id, type: TYPES.dm };
  return {
    id,
    type: TYPES[type],
    guild_id: guildId,
    name: 'simulated-channel',
    rate_limit_per_user: slowModeSeconds,
    ...(parentId === null
      ? {}
      : { parent_id: parentId, thread_metadata: { archived: isArchived, locked: isLocked } }),
  };
}
