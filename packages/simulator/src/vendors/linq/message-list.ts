import { linqHandleBody, OUR_NUMBER, THEIR_NUMBER } from './chat-body.ts';
import type { LinqHandleBody } from './chat-body.ts';
import type { LinqChat, LinqService } from './chats.ts';
import type { LinqMessage, LinqMessageParts } from './message-log.ts';

/** A message as the list has it. Field names as in `Message` of `@linqapp/sdk` 0.28.2. */
interface LinqMessageBody {
  readonly id: string;
  readonly chat_id: string;
  readonly created_at: string;
  readonly delivery_status: 'delivered' | 'received' | 'read';
  readonly is_delivered: boolean;
  readonly is_from_me: boolean;
  readonly is_read: boolean;
  readonly updated_at: string;
  readonly delivered_at: string;
  readonly effect: null;
  readonly from: string;
  readonly from_handle: LinqHandleBody;
  readonly parts: LinqMessageParts;
  readonly preferred_service: null;
  readonly read_at: string | null;
  readonly reply_to: null;
  readonly sent_at: string;
  readonly service: LinqService;
}

/** `GET` messages: one page and where the next begins, `null` at the end. */
export interface LinqMessageListBody {
  readonly messages: readonly LinqMessageBody[];
  readonly next_cursor: string | null;
}

/** How long a page is if the request does not say. Documented for the list of chats, not for this one. */
const DEFAULT_LIMIT = 20;

/** Reads `limit` (1 to 100) and `cursor`; `null` if one of them is not what it should be. */
export function readPage(query: {
  readonly limit?: string;
  readonly cursor?: string;
}): { readonly from: number; readonly to: number } | null {
  const limit = Number(query.limit ?? DEFAULT_LIMIT);
  const from = Number(query.cursor ?? 0);
  const isPage = Number.isInteger(limit) && limit >= 1 && limit <= 100;
  return isPage && Number.isInteger(from) && from >= 0 ? { from, to: from + limit } : null;
}

export function linqMessageListBody(
  chat: LinqChat,
  messages: readonly LinqMessage[],
  { from, to }: { readonly from: number; readonly to: number },
): LinqMessageListBody {
  return {
    messages: messages.slice(from, to).map((message) => linqMessageBody(chat, message)),
    next_cursor: to < messages.length ? String(to) : null,
  };
}

function linqMessageBody(chat: LinqChat, message: LinqMessage): LinqMessageBody {
  const isOurs = message.from === 'us';
  const number = isOurs ? OUR_NUMBER : THEIR_NUMBER;
  const at = new Date(message.atMs).toISOString();
  const readAt = message.readAtMs === null ? null : new Date(message.readAtMs).toISOString();
  return {
    id: message.id,
    chat_id: message.chatId,
    created_at: at,
    delivery_status: isOurs ? (readAt === null ? 'delivered' : 'read') : 'received',
    is_delivered: true,
    is_from_me: isOurs,
    is_read: readAt !== null,
    updated_at: at,
    delivered_at: at,
    effect: null,
    from: number,
    from_handle: linqHandleBody(chat, number, isOurs),
    parts: message.parts,
    preferred_service: null,
    read_at: readAt,
    reply_to: null,
    sent_at: at,
    service: message.service,
  };
}
