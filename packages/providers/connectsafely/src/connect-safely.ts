import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type TypingProvider,
} from '@typingkit/core';
import { vendorClient, vendorFields, type VendorOptions } from '@typingkit/core/http';
import {
  anyFunction,
  anything,
  literal,
  object,
  optional,
  strictObject,
  string,
  withDefault,
} from '@typingkit/core/schema';
import { capabilities } from './capabilities.ts';
import { idsIn } from './conversation-urn.ts';
import { diagnoseConversation } from './diagnose.ts';
import { readConnectSafelyError } from './error-body.ts';
import { type ConversationUrnOf, targetsInMessage } from './inbound.ts';
import { AccountId, type ConnectSafelyTarget, Target } from './target.ts';
import { warningsOf } from './warnings.ts';

/** What {@link connectSafelyAddress} needs to know. */
export interface ConnectSafelyAddressOptions {
  /** Which LinkedIn account types where a target names none. Default: the vendor's default account. */
  readonly accountId?: string | undefined;
  /**
   * Finds the `conversationUrn` of an inbound message, which ConnectSafely's webhook lacks: look it up where you keep what
   * `GET /messaging/recent-messages` said. Default: `targetsIn` finds nothing.
   */
  readonly conversationUrnOf?: ConversationUrnOf | undefined;
}

/** What {@link connectSafely} needs to know. */
export interface ConnectSafelyOptions
  extends VendorOptions<ConnectSafelyTarget>, ConnectSafelyAddressOptions {
  /** Default: `https://api.connectsafely.ai/linkedin`. */
  readonly baseUrl?: string | undefined;
  /** Default: `/messaging/typing-indicator`. The vendor has announced that it will move, but not yet where to. */
  readonly path?: string | undefined;
}

const addressFields = {
  accountId: optional(AccountId),
  conversationUrnOf: optional(anyFunction<ConversationUrnOf>()),
};
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...vendorFields<ConnectSafelyTarget>('https://api.connectsafely.ai/linkedin'),
  ...addressFields,
  path: withDefault(
    string(/^\/[^?#\s]+$/, 'must begin with a slash'),
    '/messaging/typing-indicator',
  ),
});
// Anything may stand in the echo: the indicator was accepted.
const Accepted = object({ success: literal(true), accountId: anything() });
const Refused = object({ success: literal(false) });

/**
 * The part of {@link connectSafely} that needs no key.
 *
 * @throws TypingError `misconfigured`, where an option is not what it should be.
 */
export function connectSafelyAddress(
  options: ConnectSafelyAddressOptions = {},
): ProviderAddress<ConnectSafelyTarget> {
  const defaults = parseOptions('connectsafely', AddressOptions, options);
  const parse = (input: unknown): ConnectSafelyTarget => {
    const { conversationUrn, accountId = defaults.accountId } = parseTarget(
      'connectsafely',
      Target,
      input,
    );
    return { conversationUrn, accountId };
  };
  return {
    specification: 1,
    name: 'connectsafely',
    capabilities,
    parseTarget: parse,
    conversationKey: ({ conversationUrn, accountId }) => `${accountId ?? ''} ${conversationUrn}`,
    targetsIn: (message) => targetsInMessage(message, defaults.conversationUrnOf).map(parse),
  };
}

/**
 * LinkedIn through the ConnectSafely API.
 *
 * There is no stop: the indicator disappears by itself, or with the message. Nobody documents how long it stays; 5 to
 * 10 s have been observed.
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be.
 * @see https://connectsafely.ai/docs
 */
export function connectSafely(options: ConnectSafelyOptions): TypingProvider<ConnectSafelyTarget> {
  const { accountId, conversationUrnOf, path, ...vendor } = parseOptions(
    'connectsafely',
    Options,
    options,
  );
  const ask = vendorClient<string, ConnectSafelyTarget>('connectsafely', vendor, {
    readError: readConnectSafelyError,
  });
  return {
    ...connectSafelyAddress({ accountId, conversationUrnOf }),
    async start(target, call) {
      const redact = idsIn(target.conversationUrn);
      const answer = await ask(
        { operation: 'start', method: 'post', path, json: target, expects: 200, target, redact },
        call,
      );
      const accepted = Accepted.read(answer.body);
      if (!accepted)
        throw answer.failure(Refused.accepts(answer.body) ? 'rejected' : 'bad-response');
      const used = AccountId.read(accepted.accountId);
      return {
        warnings: warningsOf(target, used),
        ...(used !== undefined && { vendor: { accountId: used } }),
      };
    },
    diagnose: (target, call) => diagnoseConversation(ask, target, call),
  };
}
