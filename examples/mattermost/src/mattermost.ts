import { parseOptions, parseTarget, type TypingProvider } from '@typingkit/core';
import { vendorClient, vendorFields, type VendorOptions } from '@typingkit/core/http';
import { anything, literal, object, optional, strictObject, string } from '@typingkit/core/schema';

/** A channel of a Mattermost server. */
export interface MattermostTarget {
  /** The channel's id: 26 letters and digits. */
  readonly channelId: string;
  /** The id of the thread's first post, to type in the thread. */
  readonly threadId?: string | undefined;
}

/** `baseUrl` is your server: `https://chat.example.com`. */
export type MattermostOptions = VendorOptions<MattermostTarget> & { readonly baseUrl: string };

const id = string(/^[a-z0-9]{26}$/, 'must be 26 lower-case letters and digits');
const Target = object({ channelId: id, threadId: optional(id) });
// Every server has its own address, so there is no default: the type requires `baseUrl`.
const Options = strictObject(vendorFields<MattermostTarget>('https://your-server.invalid'));
const Accepted = object({ status: literal('OK') });
const Failure = object({ id: anything(), message: anything(), request_id: anything() });

/**
 * Mattermost's REST API, version 4.
 *
 * @throws TypingError `misconfigured`, if an option is missing or invalid.
 * @see https://developers.mattermost.com/api-documentation/#/operations/PublishUserTyping
 */
export function mattermost(options: MattermostOptions): TypingProvider<MattermostTarget> {
  const vendor = parseOptions('mattermost', Options, options);
  const ask = vendorClient<string, MattermostTarget>('mattermost', vendor, {
    readError({ body, redact }) {
      const failure = Failure.read(body);
      return {
        reason: redact.sentence(failure?.message),
        vendorCode: redact.word(failure?.id),
        traceId: redact.word(failure?.request_id),
      };
    },
  });

  return {
    specification: 1,
    name: 'mattermost',
    capabilities: {
      // The server's TimeBetweenUserTypingUpdatesMilliseconds, 5 s unless its owner has changed it.
      ttl: { kind: 'fixed', ms: 5_000, source: 'documented' },
      repeat: 'extends',
      stop: 'expires',
      clearsOnMessage: true,
      groups: true,
      minIntervalMs: 1_000,
      sideEffects: [],
      inbound: false,
      requires: ['a channel in which the bot may post'],
    },
    parseTarget: (input) => parseTarget('mattermost', Target, input),
    conversationKey: ({ channelId, threadId = '' }) => `${channelId} ${threadId}`,
    async start(target, call) {
      const answer = await ask(
        {
          operation: 'start',
          method: 'post',
          path: '/api/v4/users/me/typing',
          json: { channel_id: target.channelId, parent_id: target.threadId },
          expects: 200,
          target,
        },
        call,
      );
      // A proxy's login page is also a 200.
      if (!Accepted.accepts(answer.body)) throw answer.failure('bad-response');
      return {};
    },
  };
}
