import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type TypingCapabilities,
  TypingError,
  type TypingProvider,
} from '@typingkit/core';
import { vendorClient, vendorFields, type VendorOptions } from '@typingkit/core/http';
import { literal, milliseconds, object, optional, strictObject } from '@typingkit/core/schema';
import { diagnoseChat } from './diagnose.ts';
import { problemType, readUnipileError } from './error-body.ts';
import { unipileTargetsIn } from './inbound.ts';
import { AccountId, Target, type UnipileTarget } from './target.ts';

/** What {@link unipileAddress} needs to know. */
export interface UnipileAddressOptions {
  /** Which of the linked accounts types where a target names none: `acc_…`. Default: the target has to. */
  readonly accountId?: string | undefined;
  /** How long one start shows, in milliseconds, where you have measured it. Default: 10,000, since nobody says it. */
  readonly ttlMs?: number | undefined;
}

/** What {@link unipile} needs to know. */
export interface UnipileOptions extends VendorOptions<UnipileTarget>, UnipileAddressOptions {
  /** Where the API is, with its version. Default: `https://api.unipile.com/v2`. */
  readonly baseUrl?: string | undefined;
}

const addressFields = { accountId: optional(AccountId), ttlMs: optional(milliseconds()) };
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...vendorFields<UnipileTarget>('https://api.unipile.com/v2'),
  ...addressFields,
});
const Accepted = object({ object: literal('ComposingSet') });

const capabilities: TypingCapabilities = {
  // What others observed of LinkedIn itself: its web client repeats every 5 s.
  ttl: { kind: 'fixed', ms: 10_000, source: 'assumed' },
  repeat: 'extends',
  stop: 'expires',
  clearsOnMessage: 'unknown',
  groups: 'unknown',
  refreshMs: 5_000,
  minIntervalMs: 3_000,
  sideEffects: [],
  inbound: false,
  actions: ['typing', 'recording'],
  requires: ['a chat of the account that types'],
};

/**
 * The part of {@link unipile} that needs no key.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 */
export function unipileAddress(
  options: UnipileAddressOptions = {},
): ProviderAddress<UnipileTarget> {
  const { ttlMs, ...defaults } = parseOptions('unipile', AddressOptions, options);
  return {
    specification: 1,
    name: 'unipile',
    capabilities:
      ttlMs === undefined
        ? capabilities
        : {
            ...capabilities,
            ttl: { kind: 'fixed', ms: ttlMs, source: 'observed' },
            refreshMs: undefined,
          },
    parseTarget(input) {
      const { chatId, accountId = defaults.accountId } = parseTarget('unipile', Target, input);
      return { chatId, accountId };
    },
    conversationKey: ({ chatId, accountId = '' }) => `${accountId} ${chatId}`,
    // One key serves many accounts. An account that LinkedIn has logged out must not silence the others.
    credentialKey: ({ accountId }) => accountId && `unipile ${accountId}`,
    targetsIn: unipileTargetsIn,
  };
}

/**
 * LinkedIn through version 2 of the Unipile API.
 *
 * There is no stop: the indicator disappears by itself. Nobody documents how long it stays.
 *
 * @throws TypingError `misconfigured`, where an option is missing or invalid.
 * @see https://developer.unipile.com/v2.0/docs
 */
export function unipile(options: UnipileOptions): TypingProvider<UnipileTarget> {
  const { accountId, ttlMs, ...vendor } = parseOptions('unipile', Options, options);
  const ask = vendorClient<string, UnipileTarget>('unipile', vendor, {
    authorize: (key) => ({ headers: { 'x-api-key': key } }),
    readError: readUnipileError,
  });
  const address = unipileAddress({ accountId, ttlMs });
  return {
    ...address,
    parseTarget(input) {
      const target = address.parseTarget(input);
      if (target.accountId === undefined) throw withoutAccount();
      return target;
    },
    async start(target, { action, signal }) {
      const query = { action: action === 'recording' ? action : 'typing' };
      const path = `${chatPath(target)}/composing`;
      const answer = await ask(
        { operation: 'start', method: 'post', path, query, expects: 200, target },
        { signal },
      );
      if (Accepted.accepts(answer.body)) return {};
      throw answer.failure(problemType(answer.body) === undefined ? 'bad-response' : undefined);
    },
    diagnose: (target, call) =>
      diagnoseChat(ask, `/accounts/${target.accountId}`, chatPath(target), target, call),
  };
}

function chatPath({ chatId, accountId }: UnipileTarget): string {
  return `/${accountId}/chats/${encodeURIComponent(chatId)}`;
}

function withoutAccount(): TypingError {
  return new TypingError({
    code: 'invalid-target',
    provider: 'unipile',
    operation: 'configure',
    reason: 'accountId is missing in the target and in the options',
    advice: 'Pass the account_id of the webhook, or set the option accountId.',
  });
}
