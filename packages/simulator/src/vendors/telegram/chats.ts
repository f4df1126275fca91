import { randomInt } from 'node:crypto';

import { z } from 'zod';

import { withoutUndefined } from '../../input.ts';
import type { SimulatedConversation, VendorFailure } from '../vendor.ts';
import { noLongerIn, telegramFailure, upgradedTo } from './failures.ts';

/** A chat as the bot sees it, or one topic of it: the bubble is the topic's. */
export interface TelegramChat extends SimulatedConversation {
  readonly target: {
    readonly chatId: number;
    readonly threadId?: number;
    readonly businessConnectionId?: string;
  };
  readonly chatId: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly username: string | null;
  readonly messageThreadId: number | null;
  readonly businessConnectionId: string | null;
  /** Whether it holds the direct messages of a channel. */
  readonly isDirectMessages: boolean;
  /** Who is on the other side of a private chat. */
  readonly peer: 'person' | 'bot' | 'deleted';
  /** What the bot may do here. */
  readonly bot:
    | 'member'
    | 'anonymous-admin'
    | 'read-only'
    | 'blocked'
    | 'deactivated'
    | 'kicked'
    | 'left'
    | 'group-deleted'
    | 'upgraded';
  /** The id that the chat has since it was upgraded. */
  readonly migrateToChatId: number;
}

/** What a new chat is like; by default a private chat with a person. Two with one `chatId` are two topics of it. */
export type TelegramChatOptions = {
  readonly [Name in keyof Omit<TelegramChat, 'id' | 'target'>]?: TelegramChat[Name] | undefined;
};

/** What of a chat can change while it lives. */
export type TelegramChatChange = Pick<TelegramChatOptions, 'bot' | 'peer' | 'migrateToChatId'>;

const integer = z.number().int();
const change = {
  bot: z
    .enum([
      'member',
      'anonymous-admin',
      'read-only',
      'blocked',
      'deactivated',
      'kicked',
      'left',
      'group-deleted',
      'upgraded',
    ])
    .optional(),
  peer: z.enum(['person', 'bot', 'deleted']).optional(),
  migrateToChatId: integer.optional(),
};

export const telegramChatChange: z.ZodType<TelegramChatChange> = z.strictObject(change);

export const telegramChatOptions: z.ZodType<TelegramChatOptions> = z.strictObject({
  ...change,
  chatId: integer.optional(),
  type: z.enum(['private', 'group', 'supergroup', 'channel']).optional(),
  username: z.string().min(1).nullable().optional(),
  messageThreadId: integer.positive().nullable().optional(),
  businessConnectionId: z.string().min(1).nullable().optional(),
  isDirectMessages: z.boolean().optional(),
});

/** What `recipientView` knows it by: `42`, `-1001234567890/17` for a topic, `42@abc` for a business connection. */
export function telegramId(
  chatId: number,
  messageThreadId: number | null,
  businessConnectionId: string | null,
): string {
  if (businessConnectionId !== null) return `${String(chatId)}@${businessConnectionId}`;
  return messageThreadId === null ? String(chatId) : `${String(chatId)}/${String(messageThreadId)}`;
}

export function newTelegramChat(options: TelegramChatOptions): TelegramChat {
  const type = options.type ?? 'private';
  const number = randomInt(100_000_000, 1_000_000_000);
  const prefixes = { private: '', group: '-', supergroup: '-100', channel: '-100' };
  const chatId = options.chatId ?? Number(`${prefixes[type]}${String(number)}`);
  const { messageThreadId = null, businessConnectionId = null } = options;
  return {
    username: null,
    isDirectMessages: false,
    peer: 'person',
    bot: 'member',
    migrateToChatId: -1001234567890,
    ...withoutUndefined(options),
    id: telegramId(chatId, messageThreadId, businessConnectionId),
    target: {
      chatId,
      ...(messageThreadId === null ? {} : { threadId: messageThreadId }),
      ...(businessConnectionId === null ? {} : { businessConnectionId }),
    },
    chatId,
    type,
    messageThreadId,
    businessConnectionId,
  };
}

/** Why the bot may not write here; `null`: it may. */
export function refusalOf({ bot, type, migrateToChatId }: TelegramChat): VendorFailure | null {
  switch (bot) {
    case 'member':
    case 'anonymous-admin':
      return null;
    case 'read-only':
      return telegramFailure('no-write-access');
    case 'kicked':
    case 'left':
      return noLongerIn(bot, type);
    case 'upgraded':
      return upgradedTo(migrateToChatId);
    case 'blocked':
    case 'deactivated':
    case 'group-deleted':
      return telegramFailure(bot);
  }
}
