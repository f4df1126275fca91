import { failureResponse } from '../failure-answer.ts';
import { plainSettings } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { requestFields, textOf } from '../request-fields.ts';
import type { MessageRequest, RequestMeaning, Vendor, VendorRequest } from '../vendor.ts';
import { botApi, chatBody } from './bot-api.ts';
import { newTelegramChat, telegramChatChange, telegramChatOptions, telegramId } from './chats.ts';
import type { TelegramChat, TelegramChatChange, TelegramChatOptions } from './chats.ts';
import { telegramFailure, telegramFailures, tooManyRequests } from './failures.ts';

/** What a test does to the simulated Telegram from behind. An id is that of a chat or of one of its topics. */
export interface TelegramHandle {
  createConversation(options?: TelegramChatOptions): TelegramChat;
  changeConversation(id: string, change: TelegramChatChange): TelegramChat;
  conversations(): readonly TelegramChat[];
  /** The person writes. Answers the update that the bot gets. */
  receiveMessage(id: string, text?: string): object;
  sendMessage(id: string): void;
  messageRequest(id: string, text: string): MessageRequest;
  /** The person presses the stop button of a draft, which ends it. Answers the update that the bot gets. */
  stopDraft(id: string, draftId: number): object;
}

/** `/bot<token>/<method>`, also of the test servers. */
const METHOD_PATH = /^\/bot([^/]*)(?:\/test)?\/(\w+)\/?$/;

const INTENTS: Readonly<Record<string, 'start' | 'message'>> = {
  sendchataction: 'start',
  sendmessagedraft: 'start',
  sendmessage: 'message',
};

/** Telegram's Bot API, as far as it is about typing. @see https://core.telegram.org/bots/api#sendchataction */
export const telegram: Vendor<TelegramHandle, PlainSettings> = {
  channel: 'telegram',
  basePath: '/telegram',
  environment: ({ baseUrl, apiKey }) => ({
    TELEGRAM_BOT_TOKEN: apiKey,
    TELEGRAM_API_BASE_URL: baseUrl,
  }),
  settings: plainSettings('424242:telegram-simulator-token'),
  conversationOptions: telegramChatOptions,
  conversationChange: telegramChatChange,
  // "5 seconds or less", says the documentation; the official clients drop it after 5.5 s (TDLib, DialogActionManager.h).
  bubble: { lifetimeMs: 5500, repeat: 'extends', messageClears: true },
  silences: {
    // The server takes it and does nothing: TDLib, DialogManager::is_dialog_action_unneeded.
    channel: 'typing does not show in a channel',
    'anonymous-admin': 'the bot is an anonymous administrator',
    'peer-is-bot': 'the other side is a bot',
    'peer-is-deleted': 'the other side has deleted the account',
  },
  failures: telegramFailures,
  secrets: { path: /(?<=\/bot)[^/]+/ },
  create({ settings, schedule, bubbles, address }) {
    const chats = new Map<string, TelegramChat>();
    const limiter = createRateLimiter();
    const nowMs = (): number => schedule.clock.now();
    const methods = botApi({
      bubbles,
      chats: () => [...chats.values()],
      nowMs,
      botId: (token) => Number.parseInt(token, 10),
    });
    let lastUpdateId = 0;

    const existing = (id: string): TelegramChat => {
      const chat = chats.get(id);
      if (chat === undefined) throw new Error(`The simulated Telegram has no chat ${id}.`);
      return chat;
    };
    const update = (what: object): object => {
      lastUpdateId += 1;
      return { update_id: lastUpdateId, ...what };
    };

    const answer = async (request: Request): Promise<Response> => {
      const url = new URL(request.url);
      const [, token, method] = METHOD_PATH.exec(url.pathname) ?? [];
      if (token === undefined || method === undefined) {
        return failureResponse(telegramFailure('not-found'));
      }
      if (!isToken(token)) return failureResponse(telegramFailure('invalid-token'));
      if (!settings().apiKeys.includes(token))
        return failureResponse(telegramFailure('unauthorized'));
      const contentType = request.headers.get('content-type') ?? '';
      const fields = requestFields(url.searchParams, contentType, await request.text());
      const run = methods[method.toLowerCase()];
      if (run === undefined) return failureResponse(telegramFailure('method-not-found'));
      // All topics of a chat share one budget.
      const { rateLimit } = settings();
      const wait = limiter.secondsToWait(rateLimit, textOf(fields, 'chat_id') ?? '', nowMs());
      if (wait !== null) {
        return failureResponse(tooManyRequests(wait));
      }
      const answered = run(fields, token);
      return 'status' in answered
        ? failureResponse(answered)
        : Response.json({ ok: true, result: answered.result });
    };

    return {
      handle: {
        createConversation(options = {}) {
          const chat = newTelegramChat(options);
          bubbles.open(chat.id);
          chats.set(chat.id, chat);
          return chat;
        },
        changeConversation(id, change) {
          const changed = newTelegramChat({ ...withoutIds(existing(id)), ...change });
          chats.set(id, changed);
          return changed;
        },
        conversations: () => [...chats.values()],
        receiveMessage(id, text = 'Hi') {
          const chat = existing(id);
          const { messageThreadId, businessConnectionId } = chat;
          const message = {
            message_id: lastUpdateId + 1,
            date: Math.floor(nowMs() / 1000),
            chat: chatBody(chat),
            from: { id: 42, is_bot: false, first_name: 'Ada' },
            ...(messageThreadId === null
              ? {}
              : { message_thread_id: messageThreadId, is_topic_message: true }),
            text,
          };
          return businessConnectionId === null
            ? update({ message })
            : update({
                business_message: { business_connection_id: businessConnectionId, ...message },
              });
        },
        sendMessage(id) {
          bubbles.message(id);
        },
        messageRequest(id, text) {
          const { target } = existing(id);
          const { baseUrl, apiKey } = address();
          return {
            url: `${baseUrl}/bot${apiKey}/sendMessage`,
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({
              chat_id: target.chatId,
              message_thread_id: target.threadId,
              business_connection_id: target.businessConnectionId,
              text,
            }),
          };
        },
        stopDraft(id, draftId) {
          const chat = existing(id);
          bubbles.stop(id);
          return update({
            stopped_message_generation: { chat: chatBody(chat), draft_id: draftId },
          });
        },
      },
      routes: { fetch: answer },
      read: readRequest,
      clear() {
        chats.clear();
        limiter.clear();
      },
    };
  },
};

function readRequest({ path, fields }: VendorRequest): RequestMeaning {
  const method = METHOD_PATH.exec(path)?.[2]?.toLowerCase() ?? '';
  const chatId = textOf(fields, 'chat_id');
  const thread = Number(textOf(fields, 'message_thread_id') ?? 0);
  const connection = textOf(fields, 'business_connection_id') ?? null;
  const isStop = method === 'sendchataction' && /^cancel$/i.test(textOf(fields, 'action') ?? '');
  return {
    conversation:
      chatId === undefined
        ? null
        : telegramId(Number(chatId), thread > 0 ? thread : null, connection),
    intent: isStop ? 'stop' : (INTENTS[method] ?? (method.startsWith('get') ? 'question' : null)),
  };
}

/** What the server itself checks before it asks anybody (ClientManager.cpp). */
function isToken(token: string): boolean {
  return token.length <= 80 && /^[1-9]\d{0,16}:[^/]+$/.test(token);
}

function withoutIds({ id: _id, target: _target, ...options }: TelegramChat): TelegramChatOptions {
  return options;
}
