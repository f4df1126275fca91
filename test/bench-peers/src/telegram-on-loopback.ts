import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export const token = '20418:bench-peers';

/** One request to the Bot API. */
export interface BotApiCall {
  readonly method: string;
  readonly chatId: number;
  readonly threadId: number | undefined;
  readonly atMs: number;
}

/** Telegram's Bot API on loopback, as far as a bot that types and answers needs it. */
export interface TelegramOnLoopback {
  readonly origin: string;
  readonly calls: readonly BotApiCall[];
  /** Sends a message with a plain HTTP request. */
  reply(chatId: number): Promise<void>;
}

interface Refusal {
  readonly error_code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after: number };
}

/** @param refusal what every `sendChatAction` is answered. */
export async function telegramOnLoopback(refusal: Refusal): Promise<TelegramOnLoopback> {
  const calls: BotApiCall[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      // The only client is the bot of the scenario.
      const body = (await json(request)) as { chat_id: number; message_thread_id?: number };
      const { chat_id: chatId, message_thread_id: threadId } = body;
      const method = request.url?.split('/').at(-1) ?? '';
      calls.push({ method, chatId, threadId, atMs: performance.now() });
      const message = { message_id: 2, date: 1, chat: { id: chatId, type: 'private' }, text: 'a' };
      const isTyping = method === 'sendChatAction';
      response
        // A connection that is kept would hold the process that this server is in.
        .writeHead(isTyping ? refusal.error_code : 200, {
          'content-type': 'application/json',
          connection: 'close',
        })
        .end(JSON.stringify(isTyping ? { ok: false, ...refusal } : { ok: true, result: message }));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // How long a process lives is for the bot to decide.
  server.unref();
  // A server on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    calls,
    async reply(chatId) {
      const body = JSON.stringify({ chat_id: chatId, text: 'answer' });
      await fetch(`${origin}/bot${token}/sendMessage`, { method: 'POST', body });
    },
  };
}

/** A message that somebody wrote to the bot. */
export function incomingMessage(chatId: number, threadId?: number) {
  const base = { message_id: 1, date: 1, text: 'question' };
  const from = { id: 5, is_bot: false, first_name: 'Ada' };
  const message =
    threadId === undefined
      ? { ...base, from, chat: { id: chatId, type: 'private' as const, first_name: 'Ada' } }
      : {
          ...base,
          from,
          chat: {
            id: chatId,
            type: 'supergroup' as const,
            title: 'Forum',
            is_forum: true as const,
          },
          message_thread_id: threadId,
          is_topic_message: true,
        };
  return { update_id: chatId, message };
}

/** What `getMe` would say. */
export const botInfo = {
  id: 20_418,
  is_bot: true as const,
  first_name: 'Bench',
  username: 'bench_bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
};
