import { token } from './telegram-on-loopback.ts';
import { type TypingProvider, vendorHttp } from './workspace-packages.ts';

export interface TelegramTarget {
  readonly chatId: number;
  readonly threadId?: number | undefined;
}

/** As much of an adapter for Telegram as these scenarios need: typingkit has no published one yet. */
export function telegramProvider(baseUrl: string): TypingProvider<TelegramTarget> {
  const options = { apiKey: token, baseUrl, timeoutMs: 5_000 };
  const http = vendorHttp('telegram', options, (answer) => ({
    retryAfterMs: answer.retryAfterMs(retryAfterOf(answer.body)),
  }));
  return {
    specification: 1,
    name: 'telegram',
    // https://core.telegram.org/bots/api#sendchataction
    capabilities: {
      ttl: { kind: 'fixed', ms: 5_000, source: 'documented' },
      repeat: 'extends',
      stop: 'expires',
      clearsOnMessage: true,
      groups: true,
      minIntervalMs: 1_000,
      sideEffects: [],
      inbound: false,
      requires: [],
    },
    // Only this folder's own programs are its callers.
    parseTarget: (input) => input as TelegramTarget,
    conversationKey: ({ chatId, threadId }) => `${chatId} ${threadId ?? ''}`,
    async start({ chatId, threadId }, call) {
      const json = { chat_id: chatId, message_thread_id: threadId, action: 'typing' };
      const path = `/bot${token}/sendChatAction`;
      const hidden = [String(chatId), token];
      await http({ operation: 'start', method: 'post', path, json, expects: 200, hidden }, call);
      return {};
    },
  };
}

function retryAfterOf(body: unknown): unknown {
  const { parameters } = (body ?? {}) as { parameters?: { retry_after?: unknown } };
  return parameters?.retry_after;
}
