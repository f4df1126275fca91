import type { ProviderInboundEvent } from '@typingkit/core';
import {
  anything,
  boolean,
  literal,
  object,
  optional,
  otherwise,
  string,
} from '@typingkit/core/schema';
import { instantMs } from './instant.ts';
import { LinqChatId, LinqService, type LinqTarget } from './target.ts';

// The chat is `chat_id` in the version 2025-01-01, and `chat.id` since 2026-02-03.
// https://docs.linqapp.com/guides/webhooks/events
const MessageReceived = object({
  event_type: literal('message.received'),
  data: object({
    chat_id: optional(LinqChatId),
    chat: optional(object({ id: LinqChatId })),
    is_from_me: optional(boolean()),
    direction: optional(string()),
    // `iMessage` otherwise. https://docs.linqapp.com/guides/webhooks/events
    service: otherwise(LinqService, undefined),
  }),
});

const TypingIndicator = object({
  event_type: literal('chat.typing_indicator.started', 'chat.typing_indicator.stopped'),
  event_id: string(/^.{1,256}$/),
  created_at: anything(),
  data: object({ chat_id: LinqChatId }),
});

/** How long a `started` holds where no `stopped` comes, in milliseconds. Linq's guide gives it for those that it shows. */
const expiresInMs = 60_000;

/** The chat of an inbound message, as Linq's webhook `message.received` has it. */
export function linqTargetsIn(message: unknown): LinqTarget[] {
  const data = MessageReceived.read(message)?.data;
  const chatId = data?.chat?.id ?? data?.chat_id;
  // The older version says it in `is_from_me`, the newer one in `direction`.
  const isOurs = data?.is_from_me === true || data?.direction === 'outbound';
  return chatId === undefined || isOurs ? [] : [{ chatId, service: data?.service }];
}

/** What Linq's webhooks about typing say. */
export function linqInboundIn(event: unknown): ProviderInboundEvent<LinqTarget>[] {
  const read = TypingIndicator.read(event);
  const atMs = instantMs(read?.created_at);
  if (!read || atMs === undefined) return [];
  const state = read.event_type === 'chat.typing_indicator.started' ? 'started' : 'stopped';
  return [
    {
      target: { chatId: read.data.chat_id },
      state,
      at: new Date(atMs),
      eventId: read.event_id,
      expiresInMs: state === 'started' ? expiresInMs : 0,
    },
  ];
}
