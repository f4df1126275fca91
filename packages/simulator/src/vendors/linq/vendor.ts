import type { VendorParts, MessageRequest, PersonTypes } from '../vendor.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { createLinqChats } from './chats.ts';
import type { LinqChat, LinqChatChange, LinqChatOptions } from './chats.ts';
import { ACTIVE_FOR_MS } from './era.ts';
import { createLinqMessageLog } from './message-log.ts';
import type { LinqMessage, LinqMessageParts } from './message-log.ts';
import { linqMessageEventData } from './message-event.ts';
import type { LinqSilence } from './silences.ts';
import { needsStopFirst } from './needs-stop-first.ts';
import { createLinqPerson } from './person.ts';
import { linqRules } from './settings.ts';
import type { LinqSettings } from './settings.ts';
import { linqEventBody } from './webhooks/event.ts';
import { createLinqWebhooks } from './webhooks/webhooks.ts';
import type { LinqWebhookBackend, LinqWebhooks } from './webhooks/webhooks.ts';

/** What a test does to the simulated Linq from behind. */
export interface LinqHandle {
  createConversation(options?: LinqChatOptions): LinqChat;
  /** Throws an `Error` for a chat that does not exist, as do all that take a chat id. */
  changeConversation(chatId: string, change: LinqChatChange): LinqChat;
  conversations(): readonly LinqChat[];
  /**
   * The person on the other side writes to us. Answers the `message.received`, which subscribers also get as a signed
   * webhook; nobody hears of it in a chat that was left, where it is `null`.
   */
  receiveMessage(chatId: string, text?: string): object | null;
  /** We write, by another way than this API. */
  sendMessage(chatId: string): void;
  /** The request with which a bot sends a message. */
  messageRequest(chatId: string, text: string): MessageRequest;
  /**
   * The person brings Messages to the front with something unread, and reads it: the bubble goes, and only a stop and a
   * start, or a message, bring it back.
   */
  openMessages(chatId: string): void;
  /**
   * The person begins to type, stops, or does both with so many simulated milliseconds between. Subscribers hear of it
   * where a vendor could know: over iMessage, in a chat that was not left.
   */
  personTypes(chatId: string, what: PersonTypes): null;
  readonly webhooks: LinqWebhooks;
}

/** What the routes need on top of it. */
export interface LinqBackend extends LinqHandle {
  settings(): LinqSettings;
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

export function createLinqVendor(parts: VendorParts<LinqSettings>): LinqBackend {
  const { schedule, bubbles, observers, settings } = parts;
  const { clock } = schedule;
  const chats = createLinqChats();
  const messageLog = createLinqMessageLog();
  const limiter = createRateLimiter();

  const webhooks = createLinqWebhooks({
    schedule,
    settings,
    realNow: () => parts.realNow(),
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
      parts.personTyped(chatId, state);
    },
  });

  const sent = (chatId: string, content?: LinqMessageParts): LinqMessage => {
    const atMs = clock.now();
    const chat = chats.change(chatId, { lastSentAtMs: atMs });
    bubbles.message(chatId);
    return messageLog.add(chat, 'us', atMs, content);
  };

  const hiddenBecause = (chat: LinqChat, nowMs: number): LinqSilence | null => {
    if (chat.service === 'SMS') return 'sms';
    if (chat.service === 'RCS') return 'rcs';
    // Nothing is documented about typing; the page on chat health asks to leave these people alone.
    if (chat.health === 'OPTED_OUT') return 'opted-out';
    const byThem = linqRules(settings()).activatedBy === 'either' ? chat.lastReceivedAtMs : null;
    const lastMessageAtMs = Math.max(chat.lastSentAtMs ?? -Infinity, byThem ?? -Infinity);
    if (nowMs - lastMessageAtMs > ACTIVE_FOR_MS) return 'inactive';
    return needsStopFirst(bubbles.facts(chat.chatId)) ? 'needs-stop-first' : null;
  };

  return {
    createConversation(options = {}) {
      const chat = chats.create(options, parts.address().apiKey, clock.now());
      bubbles.open(chat.chatId);
      const { lastReceivedAtMs, lastSentAtMs } = chat;
      if (lastReceivedAtMs !== null) messageLog.add(chat, 'them', lastReceivedAtMs);
      if (lastSentAtMs !== null) messageLog.add(chat, 'us', lastSentAtMs);
      return chat;
    },
    changeConversation(chatId, change) {
      const leftAtMs =
        change.state === undefined
          ? {}
          : { leftAtMs: change.state === 'left' ? clock.now() : null };
      return chats.change(chatId, { ...change, ...leftAtMs });
    },
    conversations: () => chats.list(),
    receiveMessage(chatId, text) {
      const atMs = clock.now();
      const chat = chats.change(chatId, { lastReceivedAtMs: atMs });
      const message = messageLog.add(
        chat,
        'them',
        atMs,
        text === undefined ? undefined : textParts(text),
      );
      if (chat.state === 'left') return null;
      const data = linqMessageEventData(chat, message);
      return linqEventBody(webhooks.sendFor(chat.apiKey, 'message.received', data));
    },
    sendMessage(chatId) {
      sent(chatId);
    },
    messageRequest(chatId, text) {
      const { baseUrl } = parts.address();
      return {
        url: `${baseUrl}/v3/chats/${chatId}/messages`,
        method: 'POST',
        headers: {
          authorization: `Bearer ${chats.existing(chatId).apiKey}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ message: { parts: [{ type: 'text', value: text }] } }),
      };
    },
    personTypes(chatId, what) {
      person.types(chats.existing(chatId), what);
      return null;
    },
    webhooks,
    openMessages(chatId) {
      const atMs = clock.now();
      bubbles.opened(chatId);
      messageLog.read(chatId, atMs);
    },
    settings,
    find: (chatId) => chats.get(chatId),
    addMessage: ({ chatId }, content) => sent(chatId, content),
    messages({ chatId }) {
      const oldestFirst = messageLog.of(chatId);
      return settings().messageOrder === 'oldest-first' ? oldestFirst : oldestFirst.toReversed();
    },
    startTyping(chat) {
      bubbles.start(chat.chatId, {
        lifetimeMs: linqRules(settings()).lifetimeMs,
        hiddenBecause: hiddenBecause(chat, clock.now()),
      });
    },
    stopTyping(chat) {
      bubbles.stop(chat.chatId);
    },
    exceededForSeconds: (apiKey) =>
      limiter.secondsToWait(settings().rateLimit, apiKey, clock.now()),
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

function textParts(value: string): LinqMessageParts {
  return [{ type: 'text', value, reactions: null }];
}
