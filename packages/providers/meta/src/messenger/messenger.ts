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
import { object, optional, type Schema, strictObject } from '@typingkit/core/schema';
import { graphClient, graphFields, type GraphOptions } from '../graph/graph-client.ts';
import { OwnerId, PersonId } from '../graph/person.ts';
import { senderActions } from '../graph/sender-actions.ts';
import { sendersIn } from '../graph/senders.ts';
import { diagnosePerson } from './diagnose.ts';

/** A person who writes to a page. */
export interface MessengerTarget {
  /** The person's id, which only this page knows: `sender.id` in the webhook. */
  readonly recipientId: string;
  /** The page that types: `entry[].id` in the webhook. Default: the option, or the page of the token. */
  readonly pageId?: string | undefined;
}

/** What {@link messengerAddress} needs to know. */
export interface MessengerAddressOptions {
  /** Which page types where a target names none. Default: the page of the token. */
  readonly pageId?: string | undefined;
}

/** What {@link messenger} needs to know. */
export interface MessengerOptions extends TransportOptions, GraphOptions, MessengerAddressOptions {
  /** The access token of the page, or a function of the target that returns it. It is sent in a header. */
  readonly accessToken: CredentialSource<string, MessengerTarget>;
  /** Default: `https://graph.facebook.com`. */
  readonly baseUrl?: string | undefined;
}

const Target: Schema<MessengerTarget> = object({
  recipientId: PersonId,
  pageId: optional(OwnerId),
});
const addressFields = { pageId: optional(OwnerId) };
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...transportFields('https://graph.facebook.com'),
  ...graphFields,
  ...addressFields,
  accessToken: credentialField<MessengerTarget>(),
});

const capabilities: TypingCapabilities = {
  // https://developers.facebook.com/docs/messenger-platform/send-api-reference/sender-actions
  ttl: { kind: 'fixed', ms: 20_000, source: 'documented' },
  // What a second one does is not documented; it comes while the first one shows, in case that it does extend it.
  repeat: 'extends',
  stop: 'explicit',
  clearsOnMessage: true,
  groups: false,
  refreshMs: 15_000,
  minIntervalMs: 3_000,
  sideEffects: [],
  inbound: false,
  requires: ['a person who has written to the page', 'a recipient who is signed in'],
};

/**
 * The part of {@link messenger} that needs no token.
 *
 * @throws TypingError `misconfigured`, where an option is not what it should be.
 */
export function messengerAddress(
  options: MessengerAddressOptions = {},
): ProviderAddress<MessengerTarget> {
  const defaults = parseOptions('meta', AddressOptions, options);
  return {
    specification: 1,
    name: 'meta',
    capabilities,
    parseTarget(input) {
      const { recipientId, pageId = defaults.pageId } = parseTarget('meta', Target, input);
      return { recipientId, pageId };
    },
    conversationKey: ({ recipientId }) => recipientId,
    credentialKey: ({ pageId }) => pageId && `messenger ${pageId}`,
    targetsIn: (body) =>
      sendersIn(body, 'page').map(({ personId, ownerId }) => ({
        recipientId: personId,
        pageId: ownerId,
      })),
  };
}

/**
 * Messenger, for the people who write to a Facebook page.
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be.
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/sender-actions
 */
export function messenger(options: MessengerOptions): TypingProvider<MessengerTarget> {
  const { accessToken, pageId, version, ...transport } = parseOptions('meta', Options, options);
  const ask = graphClient<MessengerTarget>({ ...transport, apiKey: accessToken });
  const pathOf = ({ pageId: page = 'me' }: MessengerTarget): string => `/${version}/${page}`;
  return {
    ...messengerAddress({ pageId }),
    ...senderActions(ask, pathOf),
    diagnose: (target, call) => diagnosePerson(ask, pathOf(target), target, call),
  };
}
