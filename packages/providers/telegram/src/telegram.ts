import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type TypingCapabilities,
  type TypingProvider,
} from '@typingkit/core';
import {
  type CredentialSource,
  credentialField,
  transportFields,
  type TransportOptions,
  vendorClient,
} from '@typingkit/core/http';
import {
  boolean,
  literal,
  object,
  optional,
  strictObject,
  string,
  withDefault,
} from '@typingkit/core/schema';
import { capabilitiesFor } from './capabilities.ts';
import { diagnoseChat } from './diagnose.ts';
import { readTelegramError } from './error-body.ts';
import { telegramInboundIn, telegramTargetsIn } from './inbound.ts';
import { Target, type TelegramTarget } from './target.ts';

/** What {@link telegramAddress} needs to know. */
export interface TelegramAddressOptions {
  /** The bot's own id, the number before the colon of its token. It names the credential. Default: that of a fixed token. */
  readonly botId?: string | undefined;
  /**
   * Whether to stop with the action `cancel`, which the Bot API server takes and Telegram does not document. Default:
   * `false`: the indicator expires within 5 seconds.
   */
  readonly cancel?: boolean | undefined;
  /**
   * Whether private chats show "Thinking…" for 30 seconds, by a draft without text, in place of the indicator. The bot's
   * next message replaces it. Default: `false`.
   */
  readonly draft?: boolean | undefined;
}

/** What {@link telegram} needs to know. */
export interface TelegramOptions extends TransportOptions, TelegramAddressOptions {
  /** The token that BotFather gave, or a function that returns it. */
  readonly botToken: CredentialSource<string, TelegramTarget>;
  /** Where the Bot API is. Default: `https://api.telegram.org`. */
  readonly baseUrl?: string | undefined;
  /**
   * Whether a draft has a stop button. Give the updates `stopped_message_generation` to `typing.inboundIn`, and
   * `session.signal` is aborted. Default: `false`: a button that does nothing is worse than none.
   */
  readonly stopButton?: boolean | undefined;
}

const addressFields = {
  botId: optional(string(/^[1-9]\d{0,16}$/, 'must be digits')),
  cancel: withDefault(boolean(), false),
  draft: withDefault(boolean(), false),
};
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...transportFields('https://api.telegram.org'),
  ...addressFields,
  botToken: credentialField<TelegramTarget>(),
  stopButton: withDefault(boolean(), false),
});
const Accepted = object({ ok: literal(true), result: literal(true) });

/** One draft for each chat: a second one with the same id replaces the first. */
const draftId = 1;

/**
 * The part of {@link telegram} that needs no token.
 *
 * @throws TypingError `misconfigured`, where an option is not what it should be.
 */
export function telegramAddress(
  options: TelegramAddressOptions = {},
): ProviderAddress<TelegramTarget> {
  const { botId, cancel, draft } = parseOptions('telegram', AddressOptions, options);
  const { action, drafted } = capabilitiesFor(cancel);
  return {
    specification: 1,
    name: 'telegram',
    capabilities: action,
    capabilitiesOf: (target): TypingCapabilities =>
      draft && canShowDraft(target) ? drafted : action,
    parseTarget: (input) => parseTarget('telegram', Target, input),
    // The bubble is in the topic, and a business bot types as somebody else.
    conversationKey: ({ chatId, threadId = '', businessConnectionId = '' }) =>
      `${businessConnectionId}|${chatId}|${threadId}`,
    // All topics of a chat share one flood budget.
    budgetKey: ({ chatId }) => String(chatId),
    ...(botId !== undefined && { credentialKey: () => botId }),
    targetsIn: telegramTargetsIn,
    inboundIn: telegramInboundIn,
  };
}

/**
 * Telegram through the Bot API.
 *
 * An accepted start is not a visible one: nobody sees it where the bot is an anonymous administrator, or where the other
 * side is a bot or a deleted account.
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be.
 * @see https://core.telegram.org/bots/api#sendchataction
 */
export function telegram(options: TelegramOptions): TypingProvider<TelegramTarget> {
  const { botToken, botId, cancel, draft, stopButton, ...transport } = parseOptions(
    'telegram',
    Options,
    options,
  );
  const ask = vendorClient<string, TelegramTarget>(
    'telegram',
    { ...transport, apiKey: botToken },
    {
      credentialOption: 'botToken',
      authorize: (token) => ({ pathPrefix: `/bot${token}` }),
      readError: readTelegramError,
    },
  );
  const send = async (
    operation: 'start' | 'stop',
    target: TelegramTarget,
    path: string,
    json: object,
    signal: AbortSignal | undefined,
  ): Promise<void> => {
    const request = { operation, method: 'post', path, json, expects: 200, target } as const;
    const answer = await ask(request, { signal });
    if (!Accepted.accepts(answer.body)) throw answer.failure();
  };
  const address = telegramAddress({ botId: botId ?? idIn(botToken), cancel, draft });
  return {
    ...address,
    async start(target, { action = 'typing', signal }) {
      if (draft && canShowDraft(target)) {
        const json = {
          ...placeOf(target),
          draft_id: draftId,
          text: '',
          can_stop: stopButton || undefined,
        };
        await send('start', target, '/sendMessageDraft', json, signal);
        return {};
      }
      const isKnown = address.capabilities.actions?.includes(action) ?? false;
      const json = { ...placeOf(target), action: isKnown ? action : 'typing' };
      await send('start', target, '/sendChatAction', json, signal);
      return isKnown ? {} : { notShown: ['action'] };
    },
    ...(cancel && {
      async stop(target, { signal }) {
        const json = { ...placeOf(target), action: 'cancel' };
        await send('stop', target, '/sendChatAction', json, signal);
      },
    }),
    diagnose: (target, call) => diagnoseChat(ask, target, call),
  };
}

/** Where it types, in Telegram's words. A draft has no business connection, so that field is then left out of the JSON. */
function placeOf({ chatId, threadId, businessConnectionId }: TelegramTarget) {
  return {
    chat_id: chatId,
    message_thread_id: threadId,
    business_connection_id: businessConnectionId,
  };
}

// Drafts exist in private chats only, whose ids are positive, and not over a business connection.
function canShowDraft({ chatId, businessConnectionId }: TelegramTarget): boolean {
  return typeof chatId === 'number' && chatId > 0 && businessConnectionId === undefined;
}

function idIn(botToken: CredentialSource<string, TelegramTarget>): string | undefined {
  return typeof botToken === 'string' ? /^[1-9]\d{0,16}(?=:)/.exec(botToken)?.[0] : undefined;
}
