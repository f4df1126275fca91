import { randomUUID } from 'node:crypto';

import { conversationKey, isUuid } from '../../bubbles/conversation-key.ts';
import { withoutUndefined } from '../../input.ts';
import type { SimulatedConversation } from '../vendor.ts';

/** A chat of a simulated Linq account. Times are simulated milliseconds since the Unix epoch. */
export interface LinqChat extends SimulatedConversation {
  readonly target: { readonly chatId: string };
  readonly chatId: string;
  /** The account that holds it. */
  readonly apiKey: string;
  readonly group: boolean;
  /** What messages really travel over. */
  readonly service: LinqService;
  /** What `GET` chat says, which goes stale when a chat falls back to SMS. */
  readonly reportedService: LinqService | null;
  readonly state: 'ready' | 'creating' | 'left';
  readonly health: 'HEALTHY' | 'AT_RISK' | 'CRITICAL' | 'OPTED_OUT';
  readonly createdAtMs: number;
  /** `null` unless `state` is `left`. */
  readonly leftAtMs: number | null;
  readonly lastSentAtMs: number | null;
  readonly lastReceivedAtMs: number | null;
}

/** What carries a chat. Typing is seen over iMessage only. */
export type LinqService = 'iMessage' | 'SMS' | 'RCS';

/** What a new chat is like; by default an active one-to-one chat over iMessage. */
export interface LinqChatOptions {
  /** A UUID. Default: a random one. */
  readonly chatId?: string | undefined;
  /** Default: the first of the simulator's keys. A key the simulator does not have makes a chat that nobody may touch. */
  readonly apiKey?: string | undefined;
  /** Default: `false`. */
  readonly group?: boolean | undefined;
  /** Default: `iMessage`. */
  readonly service?: LinqService | undefined;
  /** Default: the same as `service`. */
  readonly reportedService?: LinqService | null | undefined;
  /** Default: `ready`. */
  readonly state?: LinqChat['state'] | undefined;
  /** Default: `HEALTHY`. */
  readonly health?: LinqChat['health'] | undefined;
  /** How long ago our last message was, in simulated ms; `null`: there never was one. Default: 0. */
  readonly lastSentAgoMs?: number | null | undefined;
  /** How long ago their last message was, in simulated ms; `null`: there never was one. Default: 0. */
  readonly lastReceivedAgoMs?: number | null | undefined;
}

/** What of a chat can change while it lives. */
export type LinqChatChange = {
  readonly [Name in 'service' | 'reportedService' | 'state' | 'health']?:
    | LinqChat[Name]
    | undefined;
};

export interface LinqChats {
  create(options: LinqChatOptions, defaultApiKey: string, nowMs: number): LinqChat;
  get(chatId: string): LinqChat | undefined;
  /** Throws an `Error` for a chat that does not exist, as does `change`. */
  existing(chatId: string): LinqChat;
  change(
    chatId: string,
    change: { readonly [Name in keyof LinqChat]?: LinqChat[Name] | undefined },
  ): LinqChat;
  list(): readonly LinqChat[];
  clear(): void;
}

export function createLinqChats(): LinqChats {
  const chats = new Map<string, LinqChat>();

  const existing = (chatId: string): LinqChat => {
    const chat = chats.get(conversationKey(chatId));
    if (chat === undefined) throw new Error(`The simulated Linq has no chat ${chatId}.`);
    return chat;
  };

  return {
    create(options, defaultApiKey, nowMs) {
      const chatId = options.chatId ?? randomUUID();
      if (!isUuid(chatId)) throw new TypeError(`A Linq chat id is a UUID, got ${chatId}.`);
      if (chats.has(conversationKey(chatId))) {
        throw new Error(`The simulated Linq already has a chat ${chatId}.`);
      }
      const service = options.service ?? 'iMessage';
      const agoMs = (milliseconds: number | null | undefined): number | null =>
        milliseconds === null ? null : nowMs - (milliseconds ?? 0);
      const id = conversationKey(chatId);
      const chat: LinqChat = {
        id,
        target: { chatId: id },
        chatId: id,
        apiKey: options.apiKey ?? defaultApiKey,
        group: options.group ?? false,
        service,
        reportedService: options.reportedService === undefined ? service : options.reportedService,
        state: options.state ?? 'ready',
        health: options.health ?? 'HEALTHY',
        createdAtMs: nowMs,
        leftAtMs: options.state === 'left' ? nowMs : null,
        lastSentAtMs: agoMs(options.lastSentAgoMs),
        lastReceivedAtMs: agoMs(options.lastReceivedAgoMs),
      };
      chats.set(chat.chatId, chat);
      return chat;
    },
    get: (chatId) => chats.get(conversationKey(chatId)),
    existing,
    change(chatId, change) {
      const changed = { ...existing(chatId), ...withoutUndefined(change) };
      chats.set(conversationKey(chatId), changed);
      return changed;
    },
    list: () => [...chats.values()],
    clear() {
      chats.clear();
    },
  };
}
