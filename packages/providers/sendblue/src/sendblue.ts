import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type StartOptions,
  TypingError,
  type TypingProvider,
} from '@typingkit/core';
import {
  type CredentialSource,
  credentialField,
  keyNameField,
  type KeyNameOptions,
  transportFields,
  type TransportOptions,
  type VendorAnswer,
  vendorClient,
} from '@typingkit/core/http';
import {
  nullish,
  object,
  optional,
  type Schema,
  strictObject,
  string,
} from '@typingkit/core/schema';
import { diagnosePerson } from './diagnose.ts';
import { readSendblueError } from './error-body.ts';
import { sendblueInboundIn, sendblueTargetsIn } from './inbound.ts';
import { PhoneNumber, type SendblueTarget, Target } from './target.ts';

/** The two keys of an account, as its dashboard shows them. */
export interface SendblueCredentials {
  readonly apiKeyId: string;
  readonly apiSecretKey: string;
}

/** What {@link sendblueAddress} needs to know. */
export interface SendblueAddressOptions extends KeyNameOptions {
  /** Which line types where a target names none: one of your Sendblue numbers. It also tells the line from the person in events. */
  readonly fromNumber?: string | undefined;
}

/** What {@link sendblue} needs to know. */
export interface SendblueOptions extends TransportOptions, SendblueAddressOptions {
  /** The account's two keys, or a function of the target that returns them. */
  readonly credentials: CredentialSource<SendblueCredentials, SendblueTarget>;
  /** Default: `https://api.sendblue.com`. Older pages and Sendblue's SDK have `https://api.sendblue.co`. */
  readonly baseUrl?: string | undefined;
}

const key = string(/^[\x21-\x7e]{1,4096}$/, 'must be a key of Sendblue');
const Credentials: Schema<SendblueCredentials> = object({ apiKeyId: key, apiSecretKey: key });
const addressFields = {
  fromNumber: optional(PhoneNumber),
  keyName: keyNameField,
};
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...transportFields('https://api.sendblue.com'),
  ...addressFields,
  credentials: credentialField<SendblueTarget, SendblueCredentials>(
    Credentials,
    'must be an object with apiKeyId and apiSecretKey, or a function that returns one',
  ),
});
// `SENT` and `QUEUED`, or `ERROR`, with the same status.
const Answer = object({ status: string(), error_message: nullish(string()) });

const usualMs = 60_000;

/**
 * The part of {@link sendblue} that needs no key.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 */
export function sendblueAddress(
  options: SendblueAddressOptions = {},
): ProviderAddress<SendblueTarget> {
  const { fromNumber: line, keyName } = parseOptions('sendblue', AddressOptions, options);
  return {
    specification: 1,
    name: 'sendblue',
    capabilities: {
      // https://docs.sendblue.com/api-v2/typing-indicators/
      ttl: { kind: 'caller', minMs: 1, maxMs: 300_000, defaultMs: usualMs },
      // Not documented, nor that a message clears it.
      repeat: 'extends',
      stop: 'explicit',
      clearsOnMessage: 'unknown',
      groups: false,
      minIntervalMs: 3_000,
      sideEffects: [],
      inbound: true,
      requires: ['a person on iMessage, not SMS or RCS', 'a recent message in the chat'],
    },
    parseTarget(input) {
      const { fromNumber = line, ...person } = parseTarget('sendblue', Target, input);
      return { ...person, fromNumber };
    },
    conversationKey: ({ number, fromNumber = '' }) => `${fromNumber} ${number}`,
    ...(keyName !== undefined && { credentialKey: () => keyName }),
    targetsIn: sendblueTargetsIn,
    inboundIn: (event) => sendblueInboundIn(event, line),
  };
}

/**
 * iMessage through Sendblue.
 *
 * An accepted start is not a visible one: Sendblue says the same of a person without iMessage, and of one who has not written
 * for a while.
 *
 * @throws TypingError `misconfigured`, where an option is missing or invalid.
 * @see https://docs.sendblue.com/api-v2/typing-indicators/
 */
export function sendblue(options: SendblueOptions): TypingProvider<SendblueTarget> {
  const { credentials, fromNumber, keyName, ...transport } = parseOptions(
    'sendblue',
    Options,
    options,
  );
  const ask = vendorClient<SendblueCredentials, SendblueTarget>(
    'sendblue',
    { ...transport, apiKey: credentials },
    {
      credentialOption: 'credentials',
      credential: Credentials,
      authorize: ({ apiKeyId, apiSecretKey }) => ({
        headers: { 'sb-api-key-id': apiKeyId, 'sb-api-secret-key': apiSecretKey },
      }),
      readError: readSendblueError,
    },
  );
  const address = sendblueAddress({ fromNumber, keyName });

  async function tell(
    operation: 'start' | 'stop',
    target: SendblueTarget,
    { ttlMs = usualMs, ...call }: StartOptions,
  ): Promise<void> {
    // In whole milliseconds.
    const json = {
      number: target.number,
      from_number: target.fromNumber,
      state: operation,
      ...(operation === 'start' && { max_duration_ms: Math.max(1, Math.round(ttlMs)) }),
    };
    const path = '/api/send-typing-indicator';
    check(await ask({ operation, method: 'post', path, json, expects: 200, target }, call));
  }

  return {
    ...address,
    parseTarget(input) {
      const target = address.parseTarget(input);
      if (target.fromNumber === undefined) throw withoutLine();
      return target;
    },
    async start(target, call) {
      await tell('start', target, call);
      return {};
    },
    stop: (target, { signal }) => tell('stop', target, { signal }),
    diagnose: (target, call) => diagnosePerson(ask, target, call),
  };
}

/** @throws TypingError where a 200 says that it is a failure, or nothing. */
function check(answer: VendorAnswer): void {
  const read = Answer.read(answer.body);
  if (!read) throw answer.failure('bad-response');
  if (read.status === 'ERROR' || read.error_message !== undefined) {
    // What the sentence means, or else that it was refused: the status says nothing.
    const error = answer.failure();
    throw error.code === 'bad-response' ? answer.failure('rejected') : error;
  }
}

function withoutLine(): TypingError {
  return new TypingError({
    code: 'invalid-target',
    provider: 'sendblue',
    operation: 'configure',
    reason: 'fromNumber is missing in the target and in the options',
    advice: 'Pass sendblue_number of the webhook, or set the option fromNumber.',
  });
}
