import { randomUUID } from 'node:crypto';

import { conversationKey } from '../../bubbles/conversation-key.ts';
import type { LinqChat, LinqService } from './chats.ts';

export type LinqMessageParts = readonly {
  readonly type: 'text' | 'link';
  readonly value: string;
  readonly reactions: null;
}[];

/** A message of a simulated chat. */
export interface LinqMessage {
  readonly id: string;
  readonly chatId: string;
  readonly from: 'us' | 'them';
  readonly atMs: number;
  /** What it really travelled over, which the chat itself may report otherwise. */
  readonly service: LinqService;
  readonly parts: LinqMessageParts;
  /** When the person read what we wrote; `null`: not yet. */
  readonly readAtMs: number | null;
}

export interface LinqMessageLog {
  add(
    chat: LinqChat,
    from: LinqMessage['from'],
    atMs: number,
    parts?: LinqMessageParts,
  ): LinqMessage;
  /** The person reads what we wrote. */
  read(chatId: string, atMs: number): void;
  /** Oldest first. */
  of(chatId: string): readonly LinqMessage[];
  clear(): void;
}

const SOME_TEXT: LinqMessageParts = [{ type: 'text', value: 'Hello', reactions: null }];

export function createLinqMessageLog(): LinqMessageLog {
  const messages = new Map<string, LinqMessage[]>();

  return {
    add(chat, from, atMs, parts = SOME_TEXT) {
      const { chatId, service } = chat;
      const message: LinqMessage = {
        id: randomUUID(),
        chatId,
        from,
        atMs,
        service,
        parts,
        readAtMs: null,
      };
      const known = messages.get(conversationKey(chatId));
      if (known === undefined) messages.set(conversationKey(chatId), [message]);
      else known.push(message);
      return message;
    },
    read(chatId, atMs) {
      const key = conversationKey(chatId);
      const known = messages.get(key) ?? [];
      messages.set(
        key,
        known.map((message) => readMessage(message, atMs)),
      );
    },
    of: (chatId) =>
      (messages.get(conversationKey(chatId)) ?? []).toSorted((one, other) => one.atMs - other.atMs),
    clear() {
      messages.clear();
    },
  };
}

function readMessage(message: LinqMessage, atMs: number): LinqMessage {
  const isUnread = message.from === 'us' && message.readAtMs === null;
  return isUnread ? { ...message, readAtMs: atMs } : message;
}
