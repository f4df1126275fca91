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
import { object, optional, strictObject, string } from '@typingkit/core/schema';
import { diagnosePerson } from './diagnose.ts';
import { readLineError, traceIdOf } from './error-body.ts';
import { lineTargetsIn } from './inbound.ts';
import { idOf, type LineTarget, shapeOf } from './target.ts';

/** What {@link lineAddress} needs to know. */
export interface LineAddressOptions {
  /** The id of the channel, from the LINE Developers Console. It names the credential. Default: each provider is on its own. */
  readonly channelId?: string | undefined;
}

/** What {@link line} needs to know. */
export interface LineOptions extends TransportOptions, LineAddressOptions {
  /** The channel access token, or a function of the target that returns it. */
  readonly channelAccessToken: CredentialSource<string, LineTarget>;
  /** Default: `https://api.line.me`. */
  readonly baseUrl?: string | undefined;
}

const addressFields = { channelId: optional(string(/^\d{1,20}$/, 'must be digits')) };
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...transportFields('https://api.line.me'),
  ...addressFields,
  channelAccessToken: credentialField<LineTarget>(),
});
const Accepted = object({});

/** What LINE shows where nothing is asked for. Nothing takes an indicator back, so a longer one is for who wishes it. */
const usualMs = 20_000;

const capabilities: TypingCapabilities = {
  // https://developers.line.biz/en/docs/messaging-api/use-loading-indicator/
  ttl: { kind: 'caller', minMs: 5_000, maxMs: 60_000, stepMs: 5_000, defaultMs: usualMs },
  repeat: 'extends',
  stop: 'expires',
  clearsOnMessage: true,
  groups: false,
  minIntervalMs: 3_000,
  sideEffects: [],
  inbound: false,
  requires: ['a person who is looking at the chat'],
};
/** What groups and rooms have: nothing shows there. */
const inGroups: TypingCapabilities = { ...capabilities, shows: false };

/**
 * The part of {@link line} that needs no token.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 */
export function lineAddress(options: LineAddressOptions = {}): ProviderAddress<LineTarget> {
  const { channelId } = parseOptions('line', AddressOptions, options);
  return {
    specification: 1,
    name: 'line',
    capabilities,
    capabilitiesOf: (target) => ('userId' in target ? capabilities : inGroups),
    parseTarget: (input) => parseTarget('line', shapeOf(input), input),
    conversationKey: idOf,
    ...(channelId !== undefined && { credentialKey: () => channelId }),
    targetsIn: lineTargetsIn,
  };
}

/**
 * LINE through the Messaging API, as an official account, in chats with one person.
 *
 * There is no stop: the indicator goes with the next message, or when its time is over.
 *
 * @throws TypingError `misconfigured`, where an option is missing or invalid.
 * @see https://developers.line.biz/en/reference/messaging-api/#display-a-loading-indicator
 */
export function line(options: LineOptions): TypingProvider<LineTarget> {
  const { channelAccessToken, channelId, ...transport } = parseOptions('line', Options, options);
  const ask = vendorClient<string, LineTarget>(
    'line',
    { ...transport, apiKey: channelAccessToken },
    { credentialOption: 'channelAccessToken', readError: readLineError },
  );
  return {
    ...lineAddress({ channelId }),
    async start(target, { ttlMs = usualMs, signal }) {
      // The id of a group would be refused; the person's in its place would show in their own chat.
      if (!('userId' in target)) {
        throw new TypingError({
          code: 'unsupported',
          provider: 'line',
          operation: 'start',
          reason: 'LINE shows typing to one person only, not in groups and rooms',
        });
      }
      const json = { chatId: target.userId, loadingSeconds: ttlMs / 1_000 };
      const path = '/v2/bot/chat/loading/start';
      const answer = await ask(
        { operation: 'start', method: 'post', path, json, expects: 202, target },
        { signal },
      );
      if (!Accepted.accepts(answer.body)) throw answer.failure();
      return { traceId: traceIdOf(answer) };
    },
    diagnose: (target, call) => diagnosePerson(ask, target, call),
  };
}
