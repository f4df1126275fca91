import { needsStopFirst } from '../recipient/bubble.ts';
import type { HiddenBecause } from '../recipient/bubble.ts';
import type { ConversationLog } from '../recipient/conversation-log.ts';
import { createLinqChats } from './chats.ts';
import type { LinqChat, LinqChatChange, LinqChatOptions } from './chats.ts';
import { ACTIVE_FOR_MS } from './era.ts';
import { createLinqMessageLog } from './message-log.ts';
import type { LinqMessage, LinqMessageParts } from './message-log.ts';
import { createLinqPerson } from './person.ts';
import type { PersonTypes } from './person.ts';
import { changeLinqSettings, DEFAULT_LINQ_SETTINGS, linqRules } from './settings.ts';
import type { LinqSettings, LinqSettingsChange } from './settings.ts';
import { createLinqWebhooks } from './webhooks/webhooks.ts';
import type { LinqWebhookBackend, LinqWebhooks } from './webhooks/webhooks.ts';
import type { Observers } from '../observing/observer.ts';
import { createRateLimiter } from '../rate-limit.ts';
import type { Schedule } from '../time/schedule.ts';

/** What a test does to the simulated Linq from behind. */
export interface LinqVendor {
  createChat(options?: LinqChatOptions): LinqChat;
  /** Throws an `Error` for a chat that does not exist, as do all that take a chat id. */
  changeChat(chatId: string, change: LinqChatChange): LinqChat;
  chats(): readonly LinqChat[];
  /** The person on the other side writes to us. */
  receiveMessage(chatId: string): void;
  /** We write, by another way than this API. */
  sendMessage(chatId: string): void;
  /**
   * The person brings Messages to the front with something unread, and reads it: the bubble goes, and only a stop and a
   * start, or a message, bring it back.
   */
  openMessages(chatId: string): void;
  /**
   * The person begins to type, ceases, or does both with so many simulated milliseconds between. Subscribers hear of it
   * where a vendor could know: over iMessage, in a chat that was not left.
   */
  personTypes(chatId: string, what: PersonTypes): void;
  readonly webhooks: LinqWebhooks;
  settings(): LinqSettings;
  /** Throws a `TypeError` that says what is wrong with the change. */
  configure(change: LinqSettingsChange): LinqSettings;
}

/** What the routes need on top of it. */
export interface LinqBackend extends LinqVendor {
  readonly webhooks: LinqWebhookBackend;
  find(chatId: string): LinqChat | undefined;
  addMessage(chat: LinqChat, parts: LinqMessageParts): LinqMessage;
  /** In the order of the settings. */
  messages(chat: LinqChat): readonly LinqMessage[];
  startTyping(chat: LinqChat): void;
  stopTyping(chat: LinqChat): void;
  /** Seconds to wait, or `null` if the request is within the limit. */
  exceededForSeconds(apiKey: string): number | null;
  nowMs(): number;
  clear(): void;
}

export interface LinqVendorParts {
  readonly schedule: Schedule;
  readonly conversations: ConversationLog;
  readonly observers: Observers;
  /** The machine's own time. */
  readonly realNow: () => number;
}

export function createLinqVendor(
  initialSettings: LinqSettingsChange,
  { schedule, conversations, observers, realNow }: LinqVendorParts,
): LinqBackend {
  const { clock } = schedule;
  const chats = createLinqChats();
  const messageLog = createLinqMessageLog();
  const limiter = createRateLimiter();
  let settings = changeLinqSettings(DEFAULT_LINQ_SETTINGS, initialSettings);

  const webhooks = createLinqWebhooks({
    schedule,
    settings: () => settings,
    realNow,
    onDelivery(delivery) {
      observers.tell({ kind: 'delivery', atMs: clock.now(), delivery });
    },
  });
  const person = createLinqPerson({
    schedule,
    send(apiKey, eventType, data) {
      webhooks.sendFor(apiKey, eventType, data);
    },
    onTyping({ chatId }, state) {
      const atMs = clock.now();
      observers.tell({ kind: 'person', atMs, vendor: 'linq', conversation: chatId, state });
    },
  });

  const sent = (chatId: string, parts?: LinqMessageParts): LinqMessage => {
    const atMs = clock.now();
    const chat = chats.change(chatId, { lastSentAtMs: atMs });
    conversations.record(chatId, { kind: 'message', atMs });
    return messageLog.add(chat, 'us', atMs, parts);
  };

  const hiddenBecause = (chat: LinqChat, nowMs: number): HiddenBecause | null => {
    if (chat.service === 'SMS') return 'sms';
    if (chat.service === 'RCS') return 'rcs';
    // Nothing is documented about typing; the page on chat health asks to leave these people alone.
    if (chat.health === 'OPTED_OUT') return 'opted-out';
    const byThem = linqRules(settings).activatedBy === 'either' ? chat.lastReceivedAtMs : null;
    const lastMessageAtMs = Math.max(chat.lastSentAtMs ?? -Infinity, byThem ?? -Infinity);
    if (nowMs - lastMessageAtMs > ACTIVE_FOR_MS) return 'inactive';
    return needsStopFirst(conversations.facts(chat.chatId)) ? 'needs-stop-first' : null;
  };

  return {
    createChat(options = {}) {
      const chat = chats.create(options, settings.apiKeys[0] ?? 'no key at all', clock.now());
      conversations.open(chat.chatId, 'linq');
      const { lastReceivedAtMs, lastSentAtMs } = chat;
      if (lastReceivedAtMs !== null) messageLog.add(chat, 'them', lastReceivedAtMs);
      if (lastSentAtMs !== null) messageLog.add(chat, 'us', lastSentAtMs);
      return chat;
    },
    changeChat(chatId, change) {
      const leftAtMs =
        change.state === undefined
          ? {}
          : { leftAtMs: change.state === 'left' ? clock.now() : null };
      return chats.change(chatId, { ...change, ...leftAtMs });
    },
    chats: () => chats.list(),
    receiveMessage(chatId) {
      const atMs = clock.now();
      messageLog.add(chats.change(chatId, { lastReceivedAtMs: atMs }), 'them', atMs);
    },
    sendMessage(chatId) {
      sent(chatId);
    },
    personTypes(chatId, what) {
      person.types(chats.existing(chatId), what);
    },
    webhooks,
    openMessages(chatId) {
      const atMs = clock.now();
      conversations.record(chatId, { kind: 'opened', atMs });
      messageLog.read(chatId, atMs);
    },
    settings: () => settings,
    configure(change) {
      settings = changeLinqSettings(settings, change);
      return settings;
    },
    find: (chatId) => chats.get(chatId),
    addMessage: ({ chatId }, parts) => sent(chatId, parts),
    messages({ chatId }) {
      const oldestFirst = messageLog.of(chatId);
      return settings.messageOrder === 'oldest-first' ? oldestFirst : oldestFirst.toReversed();
    },
    startTyping(chat) {
      const atMs = clock.now();
      conversations.record(chat.chatId, {
        kind: 'start',
        atMs,
        lifetimeMs: linqRules(settings).lifetimeMs,
        hiddenBecause: hiddenBecause(chat, atMs),
      });
    },
    stopTyping(chat) {
      conversations.record(chat.chatId, { kind: 'stop', atMs: clock.now() });
    },
    exceededForSeconds(apiKey) {
      const limit = settings.rateLimit;
      if (limit === null) return null;
      const nowMs = clock.now();
      const state = limiter.take(apiKey, limit.requests, nowMs - limit.perMs, nowMs);
      if (state.allowed) return null;
      return Math.max(1, Math.ceil((state.oldestAtMs + limit.perMs - nowMs) / 1000));
    },
    nowMs: () => clock.now(),
    clear() {
      chats.clear();
      messageLog.clear();
      person.clear();
      webhooks.clear();
      limiter.clear();
    },
  };
}
