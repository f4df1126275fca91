import { createHash } from 'node:crypto';

import type { LinqChat, LinqService } from './chats.ts';

/** One side of a chat. Field names as in `ChatHandle` of `@linqapp/sdk` 0.28.2. */
export interface LinqHandleBody {
  readonly id: string;
  readonly handle: string;
  readonly joined_at: string;
  readonly service: LinqService;
  readonly is_me: boolean;
  readonly left_at: string | null;
  readonly status: 'active' | 'left' | 'removed';
}

/** `GET` chat: a bare object, without an envelope. Field names as in `Chat` of `@linqapp/sdk` 0.28.2. */
export interface LinqChatBody {
  readonly id: string;
  readonly created_at: string;
  readonly display_name: string | null;
  readonly handles: readonly LinqHandleBody[];
  readonly health_status: {
    readonly doc_url: string;
    readonly status: LinqChat['health'];
    readonly updated_at: string;
  };
  readonly is_archived: boolean;
  readonly is_group: boolean;
  readonly updated_at: string;
  readonly group_chat_icon: string | null;
  readonly service: LinqService | null;
}

/** The number our messages come from. */
export const OUR_NUMBER = '+15550100000';

/** The number of the person on the other side, in a group of the first of them. */
export const THEIR_NUMBER = '+15550100001';

export function linqChatBody(chat: LinqChat): LinqChatBody {
  const createdAt = isoTime(chat.createdAtMs);
  const handles = handlesOf(chat);
  return {
    id: chat.chatId,
    created_at: createdAt,
    display_name: handles
      .filter((handle) => !handle.is_me)
      .map((handle) => handle.handle)
      .join(', '),
    handles,
    health_status: {
      doc_url: `https://docs.linqapp.com/guides/chats/chat-health/#${chat.health.toLowerCase()}`,
      status: chat.health,
      updated_at: createdAt,
    },
    is_archived: false,
    is_group: chat.group,
    updated_at: isoTime(
      Math.max(chat.createdAtMs, chat.lastSentAtMs ?? 0, chat.lastReceivedAtMs ?? 0),
    ),
    group_chat_icon: null,
    service: chat.reportedService,
  };
}

function handlesOf(chat: LinqChat): readonly LinqHandleBody[] {
  const others = chat.group ? [THEIR_NUMBER, '+15550100002'] : [THEIR_NUMBER];
  return [
    linqHandleBody(chat, OUR_NUMBER, true),
    ...others.map((handle) => linqHandleBody(chat, handle, false)),
  ];
}

export function linqHandleBody(chat: LinqChat, handle: string, isMe: boolean): LinqHandleBody {
  const leftAtMs = isMe ? chat.leftAtMs : null;
  return {
    id: stableUuid(`${chat.chatId} ${handle}`),
    handle,
    joined_at: isoTime(chat.createdAtMs),
    service: chat.reportedService ?? chat.service,
    is_me: isMe,
    left_at: leftAtMs === null ? null : isoTime(leftAtMs),
    status: leftAtMs === null ? 'active' : 'left',
  };
}

function stableUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
