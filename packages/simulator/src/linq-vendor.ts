import { needsStopFirst } from './bubble.ts';
import type { HiddenBecause } from './bubble.ts';
import type { SimulatedClock } from './clock.ts';
import type { ConversationLog } from './conversation-log.ts';
import { createLinqChats } from './linq-chats.ts';
import type { LinqChat, LinqChatChange, LinqChatOptions } from './linq-chats.ts';
import { ACTIVE_FOR_MS } from './linq-era.ts';
import { changeLinqSettings, DEFAULT_LINQ_SETTINGS, linqRules } from './linq-settings.ts';
import type { LinqSettings, LinqSettingsChange } from './linq-settings.ts';
import { createRateLimiter } from './rate-limit.ts';

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
   * The person brings Messages to the front with something unread: the bubble goes, and only a stop and a start, or
   * a message, bring it back.
   */
  openMessages(chatId: string): void;
  settings(): LinqSettings;
  /** Throws a `TypeError` that says what is wrong with the change. */
  configure(change: LinqSettingsChange): LinqSettings;
}

/** What the routes need on top of it. */
export interface LinqBackend extends LinqVendor {
  find(chatId: string): LinqChat | undefined;
  startTyping(chat: LinqChat): void;
  stopTyping(chat: LinqChat): void;
  /** Seconds to wait, or `null` if the request is within the limit. */
  exceededForSeconds(apiKey: string): number | null;
  nowMs(): number;
  clear(): void;
}

export function createLinqVendor(
  initialSettings: LinqSettingsChange,
  clock: SimulatedClock,
  conversations: ConversationLog,
): LinqBackend {
  const chats = createLinqChats();
  const limiter = createRateLimiter();
  let settings = changeLinqSettings(DEFAULT_LINQ_SETTINGS, initialSettings);

  const hiddenBecause = (chat: LinqChat, nowMs: number): HiddenBecause | null => {
    if (chat.service === 'SMS') return 'sms';
    if (chat.service === 'RCS') return 'rcs';
    const byThem = linqRules(settings).activatedBy === 'either' ? chat.lastReceivedAtMs : null;
    const lastMessageAtMs = Math.max(chat.lastSentAtMs ?? -Infinity, byThem ?? -Infinity);
    if (nowMs - lastMessageAtMs > ACTIVE_FOR_MS) return 'inactive';
    return needsStopFirst(conversations.facts(chat.chatId)) ? 'needs-stop-first' : null;
  };

  return {
    createChat(options = {}) {
      const chat = chats.create(options, settings.apiKeys[0] ?? 'no key at all', clock.now());
      conversations.open(chat.chatId, 'linq');
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
      chats.change(chatId, { lastReceivedAtMs: clock.now() });
    },
    sendMessage(chatId) {
      chats.change(chatId, { lastSentAtMs: clock.now() });
      conversations.record(chatId, { kind: 'message', atMs: clock.now() });
    },
    openMessages(chatId) {
      conversations.record(chatId, { kind: 'opened', atMs: clock.now() });
    },
    settings: () => settings,
    configure(change) {
      settings = changeLinqSettings(settings, change);
      return settings;
    },
    find: (chatId) => chats.get(chatId),
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
      limiter.clear();
    },
  };
}
