import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type TypingProvider,
} from '@typingkit/core';
import {
  basic,
  type CredentialSource,
  credentialField,
  keyNameField,
  type KeyNameOptions,
  transportFields,
  type TransportOptions,
  type VendorAnswer,
  vendorClient,
  type VendorRequest,
} from '@typingkit/core/http';
import {
  boolean,
  literal,
  milliseconds,
  object,
  optional,
  type Schema,
  strictObject,
  string,
  withDefault,
} from '@typingkit/core/schema';
import { readTwilioError } from './error-body.ts';
import { twilioTargetsIn } from './inbound.ts';
import { onApple, onWhatsApp } from './networks.ts';
import {
  AppleTarget,
  networkOf,
  type TwilioAppleTarget,
  type TwilioNetwork,
  type TwilioTarget,
  type TwilioTargets,
  WhatsAppTarget,
} from './target.ts';

/** An account and its token, or an API key and its secret. */
export interface TwilioCredentials {
  /** `AC…`, or `SK…` of an API key. */
  readonly accountSid: string;
  readonly authToken: string;
}

/** What {@link twilioAddress} needs to know. */
export interface TwilioAddressOptions<
  Network extends TwilioNetwork = TwilioNetwork,
> extends KeyNameOptions {
  /** Takes only the targets of this network. Default: those of both. */
  readonly network?: Network | undefined;
  /** How long a start shows on Apple's phones, in milliseconds, which nobody documents. Default: 60,000. */
  readonly appleLifetimeMs?: number | undefined;
}

/** What {@link twilio} needs to know. */
export interface TwilioOptions<Network extends TwilioNetwork = TwilioNetwork>
  extends TransportOptions, TwilioAddressOptions<Network> {
  /** The account's SID and token, or a function of the target that returns them. */
  readonly credentials: CredentialSource<TwilioCredentials, TwilioTargets[Network]>;
  /** Default: `https://messaging.twilio.com`. */
  readonly baseUrl?: string | undefined;
}

const Credentials: Schema<TwilioCredentials> = object({
  // A colon would end the user of Basic.
  accountSid: string(/^[A-Za-z0-9_-]{1,128}$/, 'must be an account SID'),
  authToken: string(/^[\x21-\x7e]{1,4096}$/, 'must be an auth token'),
});
const addressFields = {
  network: optional(literal('whatsapp', 'apple')),
  appleLifetimeMs: withDefault(milliseconds(), 60_000),
  keyName: keyNameField,
};
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...transportFields('https://messaging.twilio.com'),
  ...addressFields,
  credentials: credentialField<TwilioTarget, TwilioCredentials>(
    Credentials,
    'must be an object with accountSid and authToken, or a function that returns one',
  ),
});
const Answer = object({ success: boolean() });

/**
 * The part of {@link twilio} that needs no key.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 */
export function twilioAddress<Network extends TwilioNetwork = TwilioNetwork>(
  options: TwilioAddressOptions<Network> = {},
): ProviderAddress<TwilioTargets[Network]> {
  const { network, appleLifetimeMs, keyName } = parseOptions('twilio', AddressOptions, options);
  const capabilities = { whatsapp: onWhatsApp, apple: onApple(appleLifetimeMs) };
  const address: ProviderAddress<TwilioTarget> = {
    specification: 1,
    name: 'twilio',
    // Of Apple's, where it may be either: they have a stop.
    capabilities: capabilities[network ?? 'apple'],
    ...(network === undefined && {
      capabilitiesOf: (target: TwilioTarget) => capabilities[networkOf(target)],
    }),
    parseTarget(input) {
      const isApple = network === undefined ? AppleTarget.accepts(input) : network === 'apple';
      return isApple
        ? parseTarget('twilio', AppleTarget, input)
        : parseTarget('twilio', WhatsAppTarget, input);
    },
    conversationKey: (target) =>
      'messageId' in target
        ? `whatsapp ${target.to ?? ''} ${target.from ?? target.messageId}`
        : `${target.from} ${target.to}`,
    ...(keyName !== undefined && { credentialKey: () => keyName }),
    targetsIn: (message) =>
      twilioTargetsIn(message).filter(
        (target) => network === undefined || networkOf(target) === network,
      ),
  };
  // `parseTarget` and `targetsIn` return targets of that network alone.
  return address as ProviderAddress<TwilioTargets[Network]>;
}

/**
 * WhatsApp and Apple Messages for Business through Twilio.
 *
 * On WhatsApp a start marks the message as read, and there is no stop; on Apple's network there is one.
 *
 * @throws TypingError `misconfigured`, where an option is missing or invalid.
 * @see https://www.twilio.com/docs/whatsapp/api/typing-indicators-resource
 */
export function twilio<Network extends TwilioNetwork = TwilioNetwork>(
  options: TwilioOptions<Network>,
): TypingProvider<TwilioTargets[Network]> {
  const { credentials, network, appleLifetimeMs, keyName, ...transport } = parseOptions(
    'twilio',
    Options,
    options,
  );
  const ask = vendorClient<TwilioCredentials, TwilioTarget>(
    'twilio',
    { ...transport, apiKey: credentials },
    {
      credentialOption: 'credentials',
      credential: Credentials,
      authorize: ({ accountSid, authToken }) => basic(accountSid, authToken),
      readError: readTwilioError,
    },
  );
  const provider: TypingProvider<TwilioTarget> = {
    ...twilioAddress({ network, appleLifetimeMs, keyName }),
    async start(target, { signal }) {
      const request =
        'messageId' in target
          ? {
              path: '/v2/Indicators/Typing.json',
              form: { channel: 'whatsapp', messageId: target.messageId },
            }
          : onApples(target, 'START');
      const about = { operation: 'start', method: 'post', expects: 200, target } as const;
      check(await ask({ ...about, ...request }, { signal }));
      return {};
    },
    ...(network !== 'whatsapp' && {
      async stop(target: TwilioTarget, { signal }) {
        // Where WhatsApp's cannot be stopped, nobody asks: see `capabilitiesOf`.
        if ('messageId' in target) return;
        const about = { operation: 'stop', method: 'post', expects: 200, target } as const;
        check(await ask({ ...about, ...onApples(target, 'END') }, { signal }));
      },
    }),
  };
  // See `twilioAddress`.
  return provider as TypingProvider<TwilioTargets[Network]>;
}

/** The request for Apple's network, which WhatsApp's version of the API does not know. */
function onApples(
  { from, to }: TwilioAppleTarget,
  event: 'START' | 'END',
): Pick<VendorRequest, 'path' | 'json'> {
  return { path: '/v3/Indicators/Typing.json', json: { channel: 'APPLE', from, to, event } };
}

/** @throws TypingError where a 200 says that it is a failure, or nothing. */
function check(answer: VendorAnswer): void {
  const read = Answer.read(answer.body);
  if (!read?.success) throw answer.failure(read ? 'rejected' : 'bad-response');
}
