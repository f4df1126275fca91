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
} from '@typingkit/core/http';
import {
  boolean,
  literal,
  object,
  optional,
  strictObject,
  withDefault,
} from '@typingkit/core/schema';
import { graphClient, graphFields, type GraphOptions } from '../graph/graph-client.ts';
import { diagnoseNumber } from './diagnose.ts';
import { whatsappTargetsIn } from './inbound.ts';
import { services, type WhatsAppService } from './service.ts';
import { PhoneNumberId, Target, type WhatsAppTarget } from './target.ts';

/** What {@link whatsappAddress} needs to know. */
export interface WhatsAppAddressOptions {
  /** Which number types where a target names none. */
  readonly phoneNumberId?: string | undefined;
}

/** What {@link whatsapp} needs to know. */
export interface WhatsAppOptions extends TransportOptions, GraphOptions, WhatsAppAddressOptions {
  /** The token of a system user, or the key of a service; or a function of the target that returns it. */
  readonly accessToken: CredentialSource<string, WhatsAppTarget>;
  /**
   * Who takes the requests: `meta`, or a company that passes them on, `360dialog` or `kapso`. It decides about the address
   * and about the header that carries the key. Default: `meta`.
   */
  readonly service?: WhatsAppService | undefined;
  /** Default: the address of `service`. */
  readonly baseUrl?: string | undefined;
  /** The version of the Graph API. Default: `v25.0`; at Kapso `v24.0`. */
  readonly version?: string | undefined;
}

const addressFields = { phoneNumberId: optional(PhoneNumberId) };
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...transportFields(services.meta.baseUrl),
  ...graphFields,
  ...addressFields,
  accessToken: credentialField<WhatsAppTarget>(),
  service: withDefault(literal('meta', '360dialog', 'kapso'), 'meta'),
});
const Answer = object({ success: boolean() });

// https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators
const capabilities: TypingCapabilities = {
  ttl: { kind: 'fixed', ms: 25_000, source: 'documented' },
  // Accepted and not shown: https://github.com/vercel/chat/pull/320
  repeat: 'ignored-while-visible',
  stop: 'expires',
  clearsOnMessage: true,
  groups: 'unknown',
  minIntervalMs: 25_000,
  sideEffects: ['marks-read'],
  inbound: false,
  requires: ['a chat in which a person has written', 'the id of one of their messages'],
};

/**
 * The part of {@link whatsapp} that needs no key.
 *
 * @throws TypingError `misconfigured`, where an option is not what it should be.
 */
export function whatsappAddress(
  options: WhatsAppAddressOptions = {},
): ProviderAddress<WhatsAppTarget> {
  const defaults = parseOptions('meta', AddressOptions, options);
  return {
    specification: 1,
    name: 'meta',
    capabilities,
    parseTarget(input) {
      const { phoneNumberId = defaults.phoneNumberId, ...message } = parseTarget(
        'meta',
        Target,
        input,
      );
      return { ...message, phoneNumberId };
    },
    conversationKey: ({ messageId, from = messageId, phoneNumberId = '' }) =>
      `${phoneNumberId} ${from}`,
    // A number has limits of its own, and mostly a token of its own.
    credentialKey: ({ phoneNumberId }) => phoneNumberId && `whatsapp ${phoneNumberId}`,
    targetsIn: whatsappTargetsIn,
  };
}

/**
 * WhatsApp through Meta's Cloud API, or through a company that takes the same requests.
 *
 * A start marks the message, and all before it, as read. There is no stop: the indicator goes with the answer, or after 25
 * seconds, and a start that comes sooner shows nothing.
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators
 */
export function whatsapp(options: WhatsAppOptions): TypingProvider<WhatsAppTarget> {
  const { accessToken, phoneNumberId, service, ...transport } = parseOptions(
    'meta',
    Options,
    options,
  );
  const wire = services[service];
  const baseUrl = options.baseUrl === undefined ? wire.baseUrl : transport.baseUrl;
  const version = options.version ?? wire.version ?? transport.version;
  const ask = graphClient<WhatsAppTarget>(
    { ...transport, baseUrl, apiKey: accessToken },
    wire.header,
  );
  const address = whatsappAddress({ phoneNumberId });
  return {
    ...address,
    parseTarget(input) {
      const target = address.parseTarget(input);
      if (target.phoneNumberId === undefined && wire.hasNumbers) throw withoutNumber();
      return target;
    },
    async start(target, call) {
      const json = {
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: target.messageId,
        typing_indicator: { type: 'text' },
      };
      const path = `${wire.numberPath(version, target.phoneNumberId)}/messages`;
      const answer = await ask(
        { operation: 'start', method: 'post', path, json, expects: 200, target },
        call,
      );
      const read = Answer.read(answer.body);
      if (!read?.success) throw answer.failure(read ? 'rejected' : 'bad-response');
      return {};
    },
    ...(wire.hasNumbers && {
      diagnose: (target, call) =>
        diagnoseNumber(ask, wire.numberPath(version, target.phoneNumberId), target, call),
    }),
  };
}

function withoutNumber(): TypingError {
  return new TypingError({
    code: 'invalid-target',
    provider: 'meta',
    operation: 'configure',
    reason: 'phoneNumberId is missing in the target and in the options',
    advice: 'Pass metadata.phone_number_id of the webhook, or set the option phoneNumberId.',
  });
}
