import { z } from 'zod';

import { linqHandleBody, OUR_NUMBER } from './chat-body.ts';
import type { LinqHandleBody } from './chat-body.ts';
import type { LinqChat, LinqService } from './chats.ts';
import type { LinqMessage, LinqMessageParts } from './message-log.ts';

/** Field names as in `MessageSendResponse` of `@linqapp/sdk` 0.28.2. */
export interface LinqMessageSentBody {
  readonly chat_id: string;
  readonly message: {
    readonly id: string;
    readonly created_at: string;
    readonly delivery_status: 'pending';
    readonly is_read: false;
    readonly parts: LinqMessageParts;
    readonly sent_at: null;
    readonly delivered_at: null;
    readonly effect: null;
    readonly from_handle: LinqHandleBody;
    readonly preferred_service: LinqService | null;
    readonly reply_to: null;
    readonly service: LinqService;
  };
}

export function linqMessageSentBody(chat: LinqChat, message: LinqMessage): LinqMessageSentBody {
  return {
    chat_id: chat.chatId,
    message: {
      id: message.id,
      created_at: new Date(message.atMs).toISOString(),
      delivery_status: 'pending',
      is_read: false,
      parts: message.parts,
      sent_at: null,
      delivered_at: null,
      effect: null,
      from_handle: linqHandleBody(chat, OUR_NUMBER, true),
      preferred_service: null,
      reply_to: null,
      service: message.service,
    },
  };
}

const messageRequest = z.object({
  message: z.object({
    parts: z.array(z.object({ type: z.enum(['text', 'link']), value: z.string().min(1) })).min(1),
  }),
});

const requestWithParts = z.object({ message: z.object({ parts: z.array(z.unknown()) }) });

/** Reads the simplest form of a message. 1001: the content is missing; 1004: it is not text or a link. */
export function readLinqMessage(
  body: unknown,
): { readonly parts: LinqMessageParts } | { readonly refusedWith: 1001 | 1004 } {
  const result = messageRequest.safeParse(body);
  if (result.success) {
    return {
      parts: result.data.message.parts.map(({ type, value }) => ({ type, value, reactions: null })),
    };
  }
  return { refusedWith: requestWithParts.safeParse(body).success ? 1004 : 1001 };
}
