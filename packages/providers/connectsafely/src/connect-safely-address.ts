import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type TypingCapabilities,
} from '@typingkit/core';
import { keyNameField, type KeyNameOptions } from '@typingkit/core/http';
import { anyFunction, optional, type Schema, strictObject } from '@typingkit/core/schema';
import { type ConversationUrnOf, targetsInMessage } from './inbound.ts';
import { AccountId, type ConnectSafelyTarget, Target } from './target.ts';

/** What {@link connectSafelyAddress} needs to know. */
export interface ConnectSafelyAddressOptions extends KeyNameOptions {
  /** Which LinkedIn account types where a target names none. Default: the vendor's default account. */
  readonly accountId?: string | undefined;
  /**
   * Finds the `conversationUrn` of an inbound message, which ConnectSafely's webhook lacks: look it up where you keep what
   * `GET /messaging/recent-messages` said. Default: `targetsIn` finds nothing.
   */
  readonly conversationUrnOf?: ConversationUrnOf | undefined;
}

const capabilities: TypingCapabilities = {
  ttl: { kind: 'fixed', ms: 10_000, source: 'observed' },
  repeat: 'extends',
  stop: 'expires',
  clearsOnMessage: 'unknown',
  groups: 'unknown',
  // LinkedIn's own web client repeats every 5 s.
  refreshMs: 5_000,
  minIntervalMs: 3_000,
  // Half of what a key may spend in all, so that typing never starves messages.
  budget: { requests: 30, perMs: 60_000 },
  sideEffects: [],
  inbound: false,
  requires: ['a conversation in the mailbox of the account that types'],
};

/** The schema of {@link ConnectSafelyAddressOptions}, field by field. */
export const addressFields: {
  readonly keyName: Schema<string | undefined>;
  readonly accountId: Schema<string | undefined>;
  readonly conversationUrnOf: Schema<ConversationUrnOf | undefined>;
} = {
  keyName: keyNameField,
  accountId: optional(AccountId),
  conversationUrnOf: optional(anyFunction<ConversationUrnOf>()),
};
const AddressOptions = strictObject(addressFields);

/**
 * The part of {@link connectSafely} that needs no key.
 *
 * @throws TypingError `misconfigured`, where an option is not what it should be.
 */
export function connectSafelyAddress(
  options: ConnectSafelyAddressOptions = {},
): ProviderAddress<ConnectSafelyTarget> {
  const { keyName, ...defaults } = parseOptions('connectsafely', AddressOptions, options);
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
    ...(keyName !== undefined && { credentialKey: () => keyName }),
    targetsIn: (message) => targetsInMessage(message, defaults.conversationUrnOf).map(parse),
  };
}
