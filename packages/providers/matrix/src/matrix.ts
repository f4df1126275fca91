import {
  type CallOptions,
  parseOptions,
  parseTarget,
  type ProviderAddress,
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
  anyFunction,
  described,
  object,
  optional,
  strictObject,
  string,
  union,
} from '@typingkit/core/schema';
import { diagnoseRoom } from './diagnose.ts';
import { readMatrixError } from './error-body.ts';
import { matrixInboundIn, matrixTargetsIn, type OwnId } from './inbound.ts';
import { type MatrixTarget, Target } from './target.ts';

/** What {@link matrixAddress} needs to know. */
export interface MatrixAddressOptions {
  /**
   * The account of the access token, `@bot:example.org`, or a function that returns it, where each target has its own. It
   * names the credential, and `targetsIn` and `inboundIn` leave out what the bot itself does. Default: {@link matrix} asks
   * the server before its first start, and takes the answer for all targets.
   */
  readonly userId?: string | ((target: MatrixTarget) => string) | undefined;
}

/** What {@link matrix} needs to know. */
export interface MatrixOptions extends TransportOptions, MatrixAddressOptions {
  /** The access token of the account, or a function that returns it. */
  readonly accessToken: CredentialSource<string, MatrixTarget>;
  /** Where the homeserver is: `https://matrix.example.org`. */
  readonly baseUrl: string;
}

const UserId = string(/^@[^:\0\p{Cs}]*:[^\0\p{Cs}]+$/u);
const addressFields = {
  userId: described(
    optional(union(anyFunction<(target: MatrixTarget) => string>(), UserId)),
    'must be the id of an account such as "@bot:example.org", or a function that returns one',
  ),
};
const AddressOptions = strictObject(addressFields);
const Options = strictObject({
  // There is no production address: every homeserver has its own.
  ...transportFields(''),
  ...addressFields,
  accessToken: credentialField<MatrixTarget>(),
});
// `{}`. A proxy's login page is a 200, too.
const Accepted = object({});
const WhoAmI = object({ user_id: UserId });

/** Synapse takes up to 120 s, but other servers forget what they were told after 60 s. */
const longestMs = 30_000;

/**
 * The part of {@link matrix} that needs no token.
 *
 * @throws TypingError `misconfigured`, where an option is invalid.
 */
export function matrixAddress(options: MatrixAddressOptions = {}): ProviderAddress<MatrixTarget> {
  const { userId } = parseOptions('matrix', AddressOptions, options);
  return addressOf(ownIdOf(userId), userId !== undefined);
}

/**
 * A Matrix homeserver, through its client-server API.
 *
 * @throws TypingError `misconfigured`, where an option is missing or invalid.
 * @see https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3roomsroomidtypinguserid
 */
export function matrix(options: MatrixOptions): TypingProvider<MatrixTarget> {
  const { accessToken, userId, ...transport } = parseOptions('matrix', Options, options);
  const ask = vendorClient<string, MatrixTarget>(
    'matrix',
    { ...transport, apiKey: accessToken },
    { credentialOption: 'accessToken', readError: readMatrixError },
  );
  const given = ownIdOf(userId);
  let learned: string | undefined;
  let learning: Promise<string> | undefined;

  async function ownerOfToken(
    operation: 'start' | 'diagnose',
    target: MatrixTarget,
    call: CallOptions,
  ): Promise<string> {
    const path = '/_matrix/client/v3/account/whoami';
    const answer = await ask({ operation, method: 'get', path, expects: 200, target }, call);
    const owner = WhoAmI.read(answer.body)?.user_id;
    if (owner === undefined) throw answer.failure('bad-response');
    return owner;
  }

  /** Asks once for all who wait, so nobody's signal ends it for the others. */
  async function learn(target: MatrixTarget, signal: AbortSignal | undefined): Promise<string> {
    signal?.throwIfAborted();
    learning ??= ownerOfToken('start', target, {}).finally(() => (learning = undefined));
    const aborted = new Promise<never>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    learned = await Promise.race([learning, aborted]);
    return learned;
  }

  async function set(
    operation: 'start' | 'stop',
    target: MatrixTarget,
    json: object,
    { signal }: CallOptions,
  ): Promise<void> {
    const own = given(target) ?? learned ?? (await learn(target, signal));
    const answer = await ask(
      {
        operation,
        method: 'put',
        path: `/_matrix/client/v3/rooms/${encodeURIComponent(target.roomId)}/typing/${encodeURIComponent(own)}`,
        json,
        expects: 200,
        target,
        // The server quotes it in its refusals.
        redact: [own],
      },
      { signal },
    );
    if (!Accepted.accepts(answer.body)) throw answer.failure('bad-response');
  }

  return {
    ...addressOf((target) => given(target) ?? learned, userId !== undefined),
    async start(target, { ttlMs = longestMs, ...call }) {
      // Synapse reckons with whatever it is given, so it gets whole milliseconds.
      await set('start', target, { typing: true, timeout: Math.round(ttlMs) }, call);
      return {};
    },
    stop: (target, call) => set('stop', target, { typing: false }, call),
    async diagnose(target, call) {
      const tokenOwner = await ownerOfToken('diagnose', target, call);
      const owners = { tokenOwner, userId: given(target) ?? tokenOwner };
      return diagnoseRoom(ask, target, owners, call);
    },
  };
}

function ownIdOf(userId: MatrixAddressOptions['userId']): OwnId {
  if (typeof userId !== 'function') return () => userId;
  return (target) => {
    let own: unknown;
    try {
      own = userId(target);
    } catch {
      // What it threw may quote whatever it has read.
      throw unusable('failed');
    }
    const id = UserId.read(own);
    if (id === undefined) throw unusable('returned something that is not the id of an account');
    return id;
  };
}

function unusable(what: string): TypingError {
  return new TypingError({
    code: 'misconfigured',
    provider: 'matrix',
    operation: 'configure',
    reason: `the userId function ${what}`,
    advice: 'It must return the account of the access token, such as "@bot:example.org".',
  });
}

function addressOf(ownId: OwnId, isNamed: boolean): ProviderAddress<MatrixTarget> {
  return {
    specification: 1,
    name: 'matrix',
    capabilities: {
      ttl: { kind: 'caller', minMs: 5_000, maxMs: longestMs },
      repeat: 'extends',
      stop: 'explicit',
      // Some clients hide it then. The server does not.
      clearsOnMessage: false,
      groups: true,
      // "a safety margin of 5 seconds": https://spec.matrix.org/latest/client-server-api/#typing-notifications
      refreshMs: 25_000,
      minIntervalMs: 1_000,
      sideEffects: [],
      inbound: true,
      requires: ['an account that has joined the room'],
    },
    parseTarget: (input) => parseTarget('matrix', Target, input),
    conversationKey: ({ roomId }) => roomId,
    ...(isNamed && { credentialKey: ownId }),
    targetsIn: (body) => matrixTargetsIn(body, ownId),
    inboundIn: (body) => matrixInboundIn(body, ownId),
  };
}
