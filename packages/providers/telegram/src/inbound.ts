import type { ProviderInboundEvent } from '@typingkit/core';
import {
  anything,
  boolean,
  integer,
  object,
  optional,
  otherwise,
  string,
} from '@typingkit/core/schema';
import type { TelegramTarget } from './target.ts';

const Chat = object({
  id: integer(),
  type: optional(string()),
  is_direct_messages: otherwise(optional(boolean()), undefined),
});
const Message = object({
  chat: Chat,
  message_thread_id: optional(integer({ min: 1 })),
  is_topic_message: otherwise(optional(boolean()), undefined),
  business_connection_id: optional(string()),
  // What the bot itself wrote over a business connection.
  sender_business_bot: anything(),
});
const Update = object({
  message: otherwise(optional(Message), undefined),
  edited_message: otherwise(optional(Message), undefined),
  business_message: otherwise(optional(Message), undefined),
  edited_business_message: otherwise(optional(Message), undefined),
  callback_query: otherwise(optional(object({ message: Message })), undefined),
});
const StoppedUpdate = object({
  update_id: integer(),
  stopped_message_generation: object({
    chat: object({ id: integer() }),
    message_thread_id: optional(integer({ min: 1 })),
  }),
});

/** The topic General has this id, and its messages are in no topic. */
const generalTopic = 1;

/**
 * The chat of an update, and its topic where the message is in one. In a group without topics `message_thread_id` is a
 * thread of replies, in which nobody types.
 *
 * @see https://core.telegram.org/bots/api#update
 */
export function telegramTargetsIn(update: unknown): TelegramTarget[] {
  const read = Update.read(update);
  const message =
    read?.message ??
    read?.edited_message ??
    read?.business_message ??
    read?.edited_business_message ??
    read?.callback_query?.message;
  if (!message || message.sender_business_bot !== undefined) return [];
  const { chat, message_thread_id: threadId, business_connection_id: connection } = message;
  if (chat.type === 'channel' || chat.is_direct_messages === true) return [];
  const isTopic = message.is_topic_message === true && threadId !== generalTopic;
  return [
    {
      chatId: chat.id,
      threadId: isTopic ? threadId : undefined,
      businessConnectionId: connection,
    },
  ];
}

/** The press of the stop button under a draft: see the option `stopButton`. Telegram tells of no other person's typing. */
export function telegramInboundIn(update: unknown): ProviderInboundEvent<TelegramTarget>[] {
  const read = StoppedUpdate.read(update);
  if (!read) return [];
  const { chat, message_thread_id: threadId } = read.stopped_message_generation;
  return [
    {
      state: 'stop-requested',
      target: { chatId: chat.id, threadId },
      // The update has no date.
      at: new Date(),
      eventId: String(read.update_id),
    },
  ];
}
