import {
  described,
  integer,
  object,
  optional,
  refined,
  type Schema,
  string,
  transform,
  union,
} from '@typingkit/core/schema';

/** A Telegram chat, or a topic in it. */
export interface TelegramTarget {
  /** The chat's id, or the `@username` of a public group. */
  readonly chatId: number | string;
  /** The topic, in a chat that has topics. General is no topic of its own. */
  readonly threadId?: number | undefined;
  /** The connection over which the bot writes as a business account. `chatId` must then be an id. */
  readonly businessConnectionId?: string | undefined;
}

const Id = refined(union(integer(), transform(string(/^-?[1-9]\d{0,15}$/), Number)), (id) =>
  id === 0 ? 'must not be 0' : undefined,
);

const ThreadId = described(
  union(integer({ min: 1, max: 2 ** 31 - 1 }), transform(string(/^[1-9]\d{0,8}$/), Number)),
  'must be the id of a topic: a whole number, at least 1',
);

/** A chat's id as a number, in whatever form it came: one chat is one conversation. */
const ChatId: Schema<number | string> = described(
  union(Id, string(/^@[A-Za-z]\w{3,31}$/)),
  'must be the id of a chat such as -1001234567890, or the @username of a public group',
);

export const Target: Schema<TelegramTarget> = refined(
  object({
    chatId: ChatId,
    threadId: optional(ThreadId),
    businessConnectionId: optional(string(/^[\w-]{1,128}$/, 'must be the id of a connection')),
  }),
  // https://github.com/tdlib/telegram-bot-api: with a connection the server takes whole numbers only.
  ({ chatId, businessConnectionId }) =>
    businessConnectionId !== undefined && typeof chatId === 'string'
      ? 'must name the chat by its id where it has a businessConnectionId'
      : undefined,
);
