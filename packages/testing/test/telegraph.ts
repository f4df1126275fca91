import { parseOptions, parseTarget, type TypingProvider } from '@typingkit/core';
import { codeOfStatus, vendorClient, vendorFields, type VendorOptions } from '@typingkit/core/http';
import { anything, integer, literal, object, optional, strictObject } from '@typingkit/core/schema';

/** A chat of Telegram, or one topic of it. */
export interface TelegraphTarget {
  readonly chatId: number;
  readonly topicId?: number | undefined;
}

export type TelegraphOptions = VendorOptions<TelegraphTarget>;

const path = '/sendChatAction';
const sendChatAction = { operation: 'start', method: 'post', path, expects: 200 } as const;
const Options = strictObject(vendorFields<TelegraphTarget>('https://api.telegram.org'));
const Target = object({ chatId: integer(), topicId: optional(integer()) });
const Accepted = object({ ok: literal(true), result: literal(true) });
const Refused = object({
  ok: literal(false),
  error_code: integer(),
  description: anything(),
  parameters: optional(object({ retry_after: optional(integer()) })),
});

/**
 * Telegram's Bot API, written from docs/adding-a-channel.md alone. The package for it, `@typingkit/telegram`, knows more.
 *
 * @see https://core.telegram.org/bots/api#sendchataction
 */
export function telegraph(options: TelegraphOptions): TypingProvider<TelegraphTarget> {
  const vendor = parseOptions('telegraph', Options, options);
  const ask = vendorClient<string, TelegraphTarget>('telegraph', vendor, {
    authorize: (token) => ({ pathPrefix: `/bot${token}` }),
    readError(answer) {
      const refused = Refused.read(answer.body);
      return {
        code: refused && codeOfStatus(refused.error_code),
        reason: answer.redact.sentence(refused?.description),
        retryAfterMs: answer.retryAfterMs(refused?.parameters?.retry_after),
      };
    },
  });
  return {
    specification: 1,
    name: 'telegraph',
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
    parseTarget: (input) => parseTarget('telegraph', Target, input),
    conversationKey: ({ chatId, topicId = 0 }) => `${chatId} ${topicId}`,
    budgetKey: ({ chatId }) => String(chatId),
    async start(target, call) {
      const form = { chat_id: target.chatId, message_thread_id: target.topicId, action: 'typing' };
      const answer = await ask({ ...sendChatAction, form, target }, call);
      if (!Accepted.accepts(answer.body)) throw answer.failure();
      return {};
    },
  };
}
