import { token } from './telegram-on-loopback.ts';
import { type TypingProvider, vendorClient } from './workspace-packages.ts';

export interface TelegramTarget {
  readonly chatId: number;
  readonly threadId?: number | undefined;
}

/** As much of an adapter for Telegram as these scenarios need: typingkit has no published one yet. */
export function telegramProvider(baseUrl: string): TypingProvider<TelegramTarget> {
  const options = { apiKey: token, baseUrl, timeoutMs: 5_000 };
  const http = vendorClient<string, TelegramTarget>('telegram', options, {
    authorize: (key) => ({ pathPrefix: `/bot${key}` }),
    readError: (answer) => ({ retryAfterMs: answer.retryAfterMs(retryAfterOf(answer.body)) }),
  });
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
    async start(target, call) {
      const { chatId, threadId } = target;
      const json = { chat_id: chatId, message_thread_id: threadId, action: 'typing' };
      const path = '/sendChatAction';
      await http({ operation: 'start', method: 'post', path, json, expects: 200, target }, call);
      return {};
    },
  };
}

function retryAfterOf(body: unknown): unknown {
  const { parameters } = (body ?? {}) as { parameters?: { retry_after?: unknown } };
  return parameters?.retry_after;
}
