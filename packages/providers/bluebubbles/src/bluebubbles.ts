import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type TypingCapabilities,
  TypingError,
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
  string,
  withDefault,
} from '@typingkit/core/schema';
import { diagnoseServer } from './diagnose.ts';
import { readBlueBubblesError } from './error-body.ts';
import { blueBubblesInboundIn, blueBubblesTargetsIn } from './inbound.ts';
import { type BlueBubblesTarget, isWithoutTyping, partsOf, Target } from './target.ts';

/** What {@link bluebubblesAddress} needs to know. */
export interface BlueBubblesAddressOptions {
  /** How long one start shows, in milliseconds, where you have measured it. Default: 15,000, since nobody says it. */
  readonly ttlMs?: number | undefined;
}

/** What {@link bluebubbles} needs to know. */
export interface BlueBubblesOptions extends TransportOptions, BlueBubblesAddressOptions {
  /** Where the server is. There is no default: it is yours. */
  readonly baseUrl: string;
  /** The password of the server, or a function of the target that returns it. */
  readonly password: CredentialSource<string, BlueBubblesTarget>;
  /**
   * Whose server it is. BlueBubbles takes the password in the query, and in no other way; `photon`, a server of Photon's
   * with the same API, takes it in a header. Default: `bluebubbles`.
   */
  readonly service?: 'bluebubbles' | 'photon' | undefined;
}

// Several words, too. The server trims it.
const Password = string(/^[!-~](?:[ -~]{0,1022}[!-~])?$/);
const addressFields = { ttlMs: optional(milliseconds()) };
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...transportFields(''),
  ...addressFields,
  password: credentialField<BlueBubblesTarget, string>(
    Password,
    "must be the server's password, or a function that returns it",
  ),
  service: withDefault(literal('bluebubbles', 'photon'), 'bluebubbles'),
});
// A tunnel answers 200 with a page, too.
const Accepted = object({ status: literal(200) });

const capabilities: TypingCapabilities = {
  // Nobody has measured it. Of what others publish on iMessage, the shortest.
  ttl: { kind: 'fixed', ms: 15_000, source: 'assumed' },
  repeat: 'extends',
  // The server's DELETE starts the indicator again, and what Photon's does is not known:
  // https://github.com/BlueBubblesApp/bluebubbles-server/blob/master/packages/server/src/server/api/http/api/v1/routers/chatRouter.ts
  stop: 'expires',
  clearsOnMessage: 'unknown',
  groups: 'unknown',
  refreshMs: 12_000,
  minIntervalMs: 3_000,
  // The server lets the helper do five things a second: half of that, so that typing never starves messages.
  budget: { requests: 150, perMs: 60_000 },
  sideEffects: [],
  inbound: true,
  requires: ['an iMessage chat, not SMS or RCS', "the server's Private API"],
};

/**
 * The part of {@link bluebubbles} that needs no server.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 */
export function bluebubblesAddress(
  options: BlueBubblesAddressOptions = {},
): ProviderAddress<BlueBubblesTarget> {
  const { ttlMs } = parseOptions('bluebubbles', AddressOptions, options);
  const own: TypingCapabilities =
    ttlMs === undefined
      ? capabilities
      : {
          ...capabilities,
          ttl: { kind: 'fixed', ms: ttlMs, source: 'observed' },
          refreshMs: undefined,
        };
  return {
    specification: 1,
    name: 'bluebubbles',
    capabilities: own,
    capabilitiesOf: (target) => (isWithoutTyping(target) ? { ...own, shows: false } : own),
    parseTarget: (input) => parseTarget('bluebubbles', Target, input),
    conversationKey: ({ chatGuid }) => chatGuid,
    targetsIn: blueBubblesTargetsIn,
    inboundIn: blueBubblesInboundIn,
  };
}

/**
 * iMessage through a BlueBubbles server, which runs on a Mac of yours.
 *
 * There is no stop: the indicator disappears by itself, or with the message.
 *
 * @throws TypingError `misconfigured`, where an option is missing or invalid.
 * @see https://docs.bluebubbles.app/private-api
 * @see https://github.com/photon-hq/advanced-imessage-kit for Photon's server
 */
export function bluebubbles(options: BlueBubblesOptions): TypingProvider<BlueBubblesTarget> {
  const { password, ttlMs, service, ...transport } = parseOptions('bluebubbles', Options, options);
  const ask = vendorClient<string, BlueBubblesTarget>(
    'bluebubbles',
    { ...transport, apiKey: password },
    {
      credentialOption: 'password',
      credential: Password,
      authorize: (text) =>
        service === 'photon' ? { headers: { 'x-api-key': text } } : { query: { password: text } },
      readError: readBlueBubblesError,
    },
  );
  return {
    ...bluebubblesAddress({ ttlMs }),
    async start(target, { signal }) {
      if (isWithoutTyping(target)) throw withoutTyping();
      const path = `/api/v1/chat/${encodeURIComponent(target.chatGuid)}/typing`;
      const redact = [partsOf(target).address];
      const answer = await ask(
        { operation: 'start', method: 'post', path, expects: 200, target, redact },
        { signal },
      );
      if (!Accepted.accepts(answer.body)) throw answer.failure('bad-response');
      return {};
    },
    diagnose: (target, call) => diagnoseServer(ask, target, call),
  };
}

function withoutTyping(): TypingError {
  return new TypingError({
    code: 'unsupported',
    provider: 'bluebubbles',
    operation: 'start',
    reason: 'this chat runs over SMS or RCS, where Messages shows no typing',
  });
}
