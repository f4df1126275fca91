import {
  type CallOptions,
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type StartReceipt,
  type TypingProvider,
} from '@typingkit/core';
import { basic, vendorClient, vendorFields, type VendorOptions } from '@typingkit/core/http';
import {
  anything,
  array,
  integer,
  literal,
  milliseconds,
  object,
  optional,
  otherwise,
  strictObject,
  string,
  withDefault,
} from '@typingkit/core/schema';
import { diagnoseConversation } from './diagnose.ts';
import { readZulipError } from './error-body.ts';
import { zulipInboundIn, zulipTargetsIn } from './inbound.ts';
import { Target, type ZulipTarget } from './target.ts';

/** What {@link zulipAddress} needs to know. */
export interface ZulipAddressOptions {
  /** The bot's email, from its settings. It names the credential, and tells the bot itself from the people. */
  readonly email?: string | undefined;
  /** The bot's user id, which tells it from the people where emails are hidden. Default: its email alone does. */
  readonly userId?: number | undefined;
  /**
   * How long the server's clients show a start, in milliseconds: `server_typing_started_expiry_period_milliseconds` in the
   * answer of `POST /register`. It is renewed after two thirds of it. Default: 45,000, that of Zulip 8 and later; servers
   * before it have 15,000.
   */
  readonly lifetimeMs?: number | undefined;
}

/** What {@link zulip} needs to know. */
export interface ZulipOptions extends VendorOptions<ZulipTarget>, ZulipAddressOptions {
  /** Where the organization is: `https://example.zulipchat.com`. */
  readonly baseUrl: string;
  readonly email: string;
}

const email = string(
  /^[^\s:@]+@[^\s:@]+$/,
  'must be an email such as "my-bot@example.zulipchat.com"',
);
const addressFields = {
  email: optional(email),
  userId: optional(integer({ min: 1 })),
  lifetimeMs: withDefault(milliseconds(), 45_000),
};
const AddressOptions = strictObject(addressFields);
// There is no production address: every organization has its own.
const Options = strictObject({ ...vendorFields<ZulipTarget>(''), ...addressFields, email });
const Accepted = object({
  result: literal('success'),
  ignored_parameters_unsupported: otherwise(array(anything()), []),
});

const ignored: StartReceipt = {
  warnings: [
    {
      code: 'ignored-parameters',
      message: 'the server is too old to understand all of the request, so typing may not show',
    },
  ],
};

/**
 * The part of {@link zulip} that needs no key.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 */
export function zulipAddress(options: ZulipAddressOptions = {}): ProviderAddress<ZulipTarget> {
  const { lifetimeMs, ...own } = parseOptions('zulip', AddressOptions, options);
  const { email: name } = own;
  return {
    specification: 1,
    name: 'zulip',
    capabilities: {
      // https://zulip.com/api/register-queue: server_typing_started_expiry_period_milliseconds
      ttl: { kind: 'fixed', ms: lifetimeMs, source: 'documented' },
      repeat: 'extends',
      stop: 'explicit',
      clearsOnMessage: true,
      groups: true,
      // As the server's own `…_wait_period_…` is to its `…_expiry_period_…`.
      refreshMs: Math.round((lifetimeMs * 2) / 3),
      minIntervalMs: 1_000,
      // Half of what a bot may ask for in all: https://zulip.com/api/rest-error-handling#rate-limit-exceeded
      budget: { requests: 100, perMs: 60_000 },
      sideEffects: [],
      inbound: true,
      requires: [
        'a channel in which the bot may post, with at most 100 subscribers',
        'typing notifications on at both ends',
      ],
    },
    parseTarget: (input) => parseTarget('zulip', Target, input),
    // Topics differ in more than capitals.
    conversationKey: ({ to, topic }) =>
      topic === undefined ? String(to) : `${String(to)} ${topic.toLowerCase()}`,
    ...(name !== undefined && { credentialKey: () => name }),
    targetsIn: (event) => zulipTargetsIn(event, own),
    inboundIn: (event) => zulipInboundIn(event, own, lifetimeMs),
  };
}

/**
 * A Zulip organization, through its REST API, as a bot.
 *
 * @throws TypingError `misconfigured`, where an option is missing or invalid.
 * @see https://zulip.com/api/set-typing-status
 */
export function zulip(options: ZulipOptions): TypingProvider<ZulipTarget> {
  const { userId, lifetimeMs, ...vendor } = parseOptions('zulip', Options, options);
  const ask = vendorClient<string, ZulipTarget>('zulip', vendor, {
    authorize: (key) => basic(vendor.email, key),
    readError: readZulipError,
  });

  async function set(
    operation: 'start' | 'stop',
    target: ZulipTarget,
    { signal }: CallOptions,
  ): Promise<StartReceipt> {
    const { to, topic } = target;
    const place =
      topic === undefined
        ? { type: 'direct', to: JSON.stringify(to) }
        : // Zulip 8 and later take "channel", too.
          { type: 'stream', stream_id: String(to), topic };
    const form = { op: operation, ...place };
    const path = '/api/v1/typing';
    const answer = await ask(
      { operation, method: 'post', path, form, expects: 200, target },
      { signal },
    );
    const accepted = Accepted.read(answer.body);
    if (!accepted) throw answer.failure('bad-response');
    return accepted.ignored_parameters_unsupported.length > 0 ? ignored : {};
  }

  return {
    ...zulipAddress({ email: vendor.email, userId, lifetimeMs }),
    start: (target, call) => set('start', target, call),
    async stop(target, call) {
      await set('stop', target, call);
    },
    diagnose: (target, call) => diagnoseConversation(ask, target, call),
  };
}
