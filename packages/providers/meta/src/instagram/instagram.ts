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
} from '@typingkit/core/http';
import { milliseconds, object, optional, type Schema, strictObject } from '@typingkit/core/schema';
import { graphClient, graphFields, type GraphOptions } from '../graph/graph-client.ts';
import { OwnerId, PersonId } from '../graph/person.ts';
import { senderActions } from '../graph/sender-actions.ts';
import { sendersIn } from '../graph/senders.ts';
import { diagnoseAccount } from './diagnose.ts';

/** A person who writes to an account on Instagram. */
export interface InstagramTarget {
  /** The person's id, which only this account knows: `sender.id` in the webhook. */
  readonly recipientId: string;
  /** The account that types: `entry[].id` in the webhook. Default: the option, or the account of the token. */
  readonly accountId?: string | undefined;
}

/** What {@link instagramAddress} needs to know. */
export interface InstagramAddressOptions {
  /** Which account types where a target names none. Default: the account of the token. */
  readonly accountId?: string | undefined;
  /**
   * The Facebook page of the account, where `accessToken` is the page's (Facebook Login). The requests then go to the page,
   * at `https://graph.facebook.com`. Default: the token is the account's own (Instagram Login).
   */
  readonly pageId?: string | undefined;
  /**
   * How long one start shows, in milliseconds, where you have measured it. Default: 20,000, as on Messenger: Meta does not
   * say it for Instagram.
   */
  readonly ttlMs?: number | undefined;
}

/** What {@link instagram} needs to know. */
export interface InstagramOptions extends TransportOptions, GraphOptions, InstagramAddressOptions {
  /** The access token of the account or page, or a function of the target that returns it. It is sent in a header. */
  readonly accessToken: CredentialSource<string, InstagramTarget>;
  /** Default: `https://graph.instagram.com`; with `pageId`, `https://graph.facebook.com`. */
  readonly baseUrl?: string | undefined;
}

const Target: Schema<InstagramTarget> = object({
  recipientId: PersonId,
  accountId: optional(OwnerId),
});
const addressFields = {
  accountId: optional(OwnerId),
  pageId: optional(OwnerId),
  ttlMs: optional(milliseconds()),
};
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...transportFields('https://graph.instagram.com'),
  ...graphFields,
  ...addressFields,
  accessToken: credentialField<InstagramTarget>(),
});

// https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/messaging-api/sender-actions
const capabilities: TypingCapabilities = {
  // Documented for Messenger, which has the same requests.
  ttl: { kind: 'fixed', ms: 20_000, source: 'assumed' },
  repeat: 'extends',
  stop: 'explicit',
  clearsOnMessage: 'unknown',
  groups: false,
  minIntervalMs: 3_000,
  sideEffects: [],
  inbound: false,
  requires: ['a person who has written to the account', 'a recipient who is signed in'],
};

/**
 * The part of {@link instagram} that needs no token.
 *
 * @throws TypingError `misconfigured`, where an option is not what it should be.
 */
export function instagramAddress(
  options: InstagramAddressOptions = {},
): ProviderAddress<InstagramTarget> {
  const { pageId, ttlMs, ...defaults } = parseOptions('meta', AddressOptions, options);
  return {
    specification: 1,
    name: 'meta',
    capabilities:
      ttlMs === undefined
        ? capabilities
        : { ...capabilities, ttl: { kind: 'fixed', ms: ttlMs, source: 'observed' } },
    parseTarget(input) {
      const { recipientId, accountId = defaults.accountId } = parseTarget('meta', Target, input);
      return { recipientId, accountId };
    },
    conversationKey: ({ recipientId }) => recipientId,
    credentialKey({ accountId }) {
      const owner = pageId ?? accountId;
      return owner && `instagram ${owner}`;
    },
    targetsIn: (body) =>
      sendersIn(body, 'instagram').map(({ personId, ownerId }) => ({
        recipientId: personId,
        accountId: ownerId,
      })),
  };
}

/**
 * Instagram, for the people who write to a professional account.
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be.
 * @see https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/messaging-api/sender-actions
 */
export function instagram(options: InstagramOptions): TypingProvider<InstagramTarget> {
  const { accessToken, accountId, pageId, ttlMs, version, ...transport } = parseOptions(
    'meta',
    Options,
    options,
  );
  const isAtPage = pageId !== undefined && options.baseUrl === undefined;
  const baseUrl = isAtPage ? 'https://graph.facebook.com' : transport.baseUrl;
  const ask = graphClient<InstagramTarget>({ ...transport, baseUrl, apiKey: accessToken });
  const pathOf = ({ accountId: account = 'me' }: InstagramTarget): string =>
    `/${version}/${pageId ?? account}`;
  return {
    ...instagramAddress({ accountId, pageId, ttlMs }),
    ...senderActions(ask, pathOf),
    diagnose: (target, call) =>
      diagnoseAccount(ask, `/${version}/me`, target, call, pageId === undefined),
  };
}
