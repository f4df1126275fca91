import { linqChatBody, linqHandleBody, OUR_NUMBER, THEIR_NUMBER } from './chat-body.ts';
import type { LinqChat } from './chats.ts';
import type { LinqMessage } from './message-log.ts';

/** The `data` of a `message.received`. Field names as in `MessageEventV2` of `@linqapp/sdk` 0.28.2. */
export function linqMessageEventData(
  chat: LinqChat,
  { id, atMs, parts, service }: LinqMessage,
): Readonly<Record<string, unknown>> {
  return {
    id,
    chat: {
      id: chat.chatId,
      health_status: linqChatBody(chat).health_status,
      is_group: chat.group,
      owner_handle: linqHandleBody(chat, OUR_NUMBER, true),
    },
    direction: 'inbound',
    parts,
    sender_handle: linqHandleBody(chat, THEIR_NUMBER, false),
    service,
    sent_at: new Date(atMs).toISOString(),
    delivered_at: null,
    read_at: null,
    effect: null,
    idempotency_key: null,
    preferred_service: null,
    reply_to: null,
  };
}
