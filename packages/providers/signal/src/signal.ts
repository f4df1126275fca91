import {
  type CallOptions,
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
  type VendorAnswer,
  vendorClient,
  type VendorError,
} from '@typingkit/core/http';
import { object, optional, strictObject, string } from '@typingkit/core/schema';
import { diagnoseRecipient } from './diagnose.ts';
import { signalInboundIn, signalTargetsIn } from './inbound.ts';
import { OwnNumber, type SignalTarget, Target } from './target.ts';

/** What {@link signalAddress} needs to know. */
export interface SignalAddressOptions {
  /** The registered number that types where a target names none: `+15551234567`. Default: the target has to. */
  readonly number?: string | undefined;
}

/** What {@link signal} needs to know. */
export interface SignalOptions extends TransportOptions, SignalAddressOptions {
  /** Where signal-cli-rest-api is. Default: `http://localhost:8080`. */
  readonly baseUrl?: string | undefined;
  /**
   * What a proxy in front of it wants as `Authorization: Bearer …`, or a function of the target that returns it. Default:
   * nothing: signal-cli-rest-api itself lets everybody in.
   */
  readonly token?: CredentialSource<string, SignalTarget> | undefined;
}

const addressFields = { number: optional(OwnNumber) };
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  ...transportFields('http://localhost:8080'),
  ...addressFields,
  token: optional(credentialField<SignalTarget>()),
});
const Refused = object({ error: string() });

const capabilities: TypingCapabilities = {
  // Signal's own clients show it for 15 s, and repeat it every 10 s.
  ttl: { kind: 'fixed', ms: 15_000, source: 'observed' },
  repeat: 'extends',
  stop: 'explicit',
  clearsOnMessage: true,
  groups: true,
  refreshMs: 10_000,
  minIntervalMs: 1_000,
  sideEffects: [],
  inbound: true,
  requires: ['a recipient with typing indicators on'],
};

/**
 * The part of {@link signal} that needs no server.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 */
export function signalAddress(options: SignalAddressOptions = {}): ProviderAddress<SignalTarget> {
  const defaults = parseOptions('signal', AddressOptions, options);
  return {
    specification: 1,
    name: 'signal',
    capabilities,
    parseTarget(input) {
      const { recipient, number = defaults.number } = parseTarget('signal', Target, input);
      return { recipient, number };
    },
    conversationKey: ({ recipient, number = '' }) => `${number} ${recipient}`,
    credentialKey: ({ number }) => number && `signal ${number}`,
    targetsIn: signalTargetsIn,
    inboundIn: signalInboundIn,
  };
}

/**
 * Signal through signal-cli-rest-api, a server that you run.
 *
 * Run it with `MODE=json-rpc`: otherwise each request starts a Java process.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 * @see https://bbernhard.github.io/signal-cli-rest-api/
 */
export function signal(options: SignalOptions = {}): TypingProvider<SignalTarget> {
  const { number, token, ...transport } = parseOptions('signal', Options, options);
  const ask = vendorClient<string, SignalTarget>(
    'signal',
    { ...transport, apiKey: token },
    { credentialOption: 'token', readError: readSignalError },
  );
  const address = signalAddress({ number });

  async function tell(
    operation: 'start' | 'stop',
    target: SignalTarget,
    call: CallOptions,
  ): Promise<void> {
    const path = `/v1/typing-indicator/${encodeURIComponent(target.number ?? '')}`;
    const method = operation === 'start' ? 'put' : 'delete';
    const json = { recipient: target.recipient };
    await ask({ operation, method, path, json, expects: 204, target }, call);
  }

  return {
    ...address,
    parseTarget(input) {
      const target = address.parseTarget(input);
      if (target.number === undefined) throw withoutNumber();
      return target;
    },
    async start(target, { signal: abort }) {
      await tell('start', target, { signal: abort });
      return {};
    },
    stop: (target, call) => tell('stop', target, call),
    diagnose: (target, call) => diagnoseRecipient(ask, target, call),
  };
}

/**
 * Whatever is wrong is a 400 with words, most of them signal-cli's own: an unregistered person, a group that we are not in,
 * trouble with the network. Nothing but the words tells them apart, so all of them are `rejected`.
 *
 * @see https://github.com/bbernhard/signal-cli-rest-api/blob/master/src/api/api.go
 */
function readSignalError({ body, status, redact }: VendorAnswer): VendorError {
  const reason = redact.sentence(Refused.read(body)?.error);
  // The server has no page of its own for it: another program answers, or an old version.
  if (status === 404 && reason === undefined)
    return {
      code: 'rejected',
      reason: 'this server has no typing indicators',
      advice: 'Check that baseUrl is the address of signal-cli-rest-api, without /v1.',
    };
  return { reason };
}

function withoutNumber(): TypingError {
  return new TypingError({
    code: 'invalid-target',
    provider: 'signal',
    operation: 'configure',
    reason: 'number is missing in the target and in the options',
    advice: 'Pass account of the received message, or set the option number.',
  });
}
