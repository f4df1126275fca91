import { createTelegramAdapter } from '@chat-adapter/telegram';
import type { TelegramTarget } from '@typingkit/telegram';
import { Api } from 'grammy';
import { Telegram } from 'telegraf';
import type { Witnesses } from '../witness.ts';

export const witnesses: Witnesses<TelegramTarget> = {
  grammy({ baseUrl, apiKey }) {
    const api = new Api(apiKey, { apiRoot: baseUrl });
    return {
      start: ({ chatId, threadId }) =>
        api.sendChatAction(
          chatId,
          'typing',
          threadId === undefined ? {} : { message_thread_id: threadId },
        ),
    };
  },
  telegraf({ baseUrl, apiKey }) {
    // Without the slash it drops the path.
    const api = new Telegram(apiKey, { apiRoot: `${baseUrl}/` });
    return {
      start: ({ chatId, threadId }) =>
        api.sendChatAction(
          chatId,
          'typing',
          threadId === undefined ? {} : { message_thread_id: threadId },
        ),
    };
  },
  '@chat-adapter/telegram'({ baseUrl, apiKey }) {
    const adapter = createTelegramAdapter({
      apiBaseUrl: baseUrl,
      botToken: apiKey,
      mode: 'webhook',
      allowUnverifiedWebhooks: true,
    });
    return {
      start: ({ chatId, threadId }) =>
        adapter.startTyping(
          adapter.encodeThreadId({
            chatId: String(chatId),
            ...(threadId !== undefined && { messageThreadId: threadId }),
          }),
        ),
    };
  },
};

/** A draft without text, as grammY sends it. */
export function draft(
  { baseUrl, apiKey }: { readonly baseUrl: string; readonly apiKey: string },
  chatId: number,
  draftId: number,
): Promise<unknown> {
  return new Api(apiKey, { apiRoot: baseUrl }).sendMessageDraft(chatId, draftId, '');
}
