import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
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
  literal,
  milliseconds,
  object,
  optional,
  strictObject,
  withDefault,
} from '@typingkit/core/schema';
import { diagnoseChannel } from './diagnose.ts';
import { readMattermostError } from './error-body.ts';
import { mattermostInboundIn, mattermostTargetsIn } from './inbound.ts';
import { Id, type MattermostTarget, Target } from './target.ts';

/** What {@link mattermostAddress} needs to know. */
export interface MattermostAddressOptions {
  /** The bot's user id. It names the credential, and what the bot itself writes has no target. */
  readonly userId?: string | undefined;
  /**
   * How long the server's clients show a start, in milliseconds: its setting `TimeBetweenUserTypingUpdatesMilliseconds`.
   * Default: 5,000, as the server's own.
   */
  readonly lifetimeMs?: number | undefined;
}

/** What {@link mattermost} needs to know. */
export interface MattermostOptions extends TransportOptions, MattermostAddressOptions {
  /** The token of a bot, or a personal access token; or a function that returns it. */
  readonly token: CredentialSource<string, MattermostTarget>;
  /** Where the server is: `https://chat.example.com`. */
  readonly baseUrl: string;
}

const addressFields = {
  userId: optional(Id),
  lifetimeMs: withDefault(milliseconds(), 5_000),
};
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  // There is no production address: every server has its own.
  ...transportFields(''),
  ...addressFields,
  token: credentialField<MattermostTarget>(),
});
const Accepted = object({ status: literal('OK') });

/**
 * The part of {@link mattermost} that needs no token.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 */
export function mattermostAddress(
  options: MattermostAddressOptions = {},
): ProviderAddress<MattermostTarget> {
  const { userId, lifetimeMs } = parseOptions('mattermost', AddressOptions, options);
  return {
    specification: 1,
    name: 'mattermost',
    capabilities: {
      // https://docs.mattermost.com/administration-guide/configure/experimental-configuration-settings.html
      ttl: { kind: 'fixed', ms: lifetimeMs, source: 'documented' },
      repeat: 'extends',
      stop: 'expires',
      clearsOnMessage: true,
      groups: true,
      minIntervalMs: 1_000,
      sideEffects: [],
      inbound: true,
      requires: ['a channel in which the bot may post'],
    },
    parseTarget: (input) => parseTarget('mattermost', Target, input),
    // A thread has an indicator of its own.
    conversationKey: ({ channelId, threadId = '' }) => `${channelId} ${threadId}`,
    ...(userId !== undefined && { credentialKey: () => userId }),
    targetsIn: (event) => mattermostTargetsIn(event, userId),
    inboundIn: (event) => mattermostInboundIn(event, userId, lifetimeMs),
  };
}

/**
 * A Mattermost server, through its REST API, version 4.
 *
 * @throws TypingError `misconfigured`, where an option is missing or invalid.
 * @see https://developers.mattermost.com/api-documentation/#/operations/PublishUserTyping
 */
export function mattermost(options: MattermostOptions): TypingProvider<MattermostTarget> {
  const { token, userId, lifetimeMs, ...transport } = parseOptions('mattermost', Options, options);
  const ask = vendorClient<string, MattermostTarget>(
    'mattermost',
    { ...transport, apiKey: token },
    { credentialOption: 'token', readError: readMattermostError },
  );
  return {
    ...mattermostAddress({ userId, lifetimeMs }),
    async start(target, { signal }) {
      const answer = await ask(
        {
          operation: 'start',
          method: 'post',
          path: '/api/v4/users/me/typing',
          json: { channel_id: target.channelId, parent_id: target.threadId },
          expects: 200,
          target,
        },
        { signal },
      );
      // A proxy's login page is a 200, too.
      if (!Accepted.accepts(answer.body)) throw answer.failure('bad-response');
      return {};
    },
    diagnose: (target, call) => diagnoseChannel(ask, target, call),
  };
}
