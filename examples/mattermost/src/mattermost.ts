import { parseOptions, parseTarget, type TypingProvider } from '@typingkit/core';
import { vendorHttp, type VendorOptions, vendorOptionsShape } from '@typingkit/core/http';
import * as z from 'zod/mini';

/** A channel of a Mattermost server. */
export interface MattermostTarget {
  /** The channel's id: 26 letters and digits. */
  readonly channelId: string;
  /** The id of the thread's first post, to type in the thread. */
  readonly threadId?: string | undefined;
}

/** `baseUrl` is your server: `https://chat.example.com`. */
export type MattermostOptions = VendorOptions & { readonly baseUrl: string };

const id = z.string().check(z.regex(/^[a-z0-9]{26}$/, 'must be 26 lower-case letters and digits'));
const Target = z.object({ channelId: id, threadId: z.optional(id) });
// Every server is its own, so there is no production address: `baseUrl` is asked for in the type.
const Options = z.strictObject(vendorOptionsShape('https://your-server.invalid'));
const Accepted = z.object({ status: z.literal('OK') });
const Failure = z.object({ id: z.optional(z.string()), request_id: z.optional(z.string()) });

/**
 * Mattermost's REST API, version 4.
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be.
 * @see https://developers.mattermost.com/api-documentation/#/operations/PublishUserTyping
 */
export function mattermost(options: MattermostOptions): TypingProvider<MattermostTarget> {
  const vendor = parseOptions('mattermost', Options, options);
  const http = vendorHttp('mattermost', vendor, ({ body, words }) => {
    const failure = Failure.safeParse(body).data;
    return {
      reason: words.sentence(Object(body).message),
      vendorCode: words.word(failure?.id),
      traceId: words.word(failure?.request_id),
    };
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
    async start({ channelId, threadId }, call) {
      const answer = await http(
        {
          operation: 'start',
          method: 'post',
          path: '/api/v4/users/me/typing',
          json: { channel_id: channelId, parent_id: threadId },
          expects: 200,
          hidden: [channelId, threadId ?? ''],
        },
        call,
      );
      // A proxy's login page is a 200, too.
      if (!Accepted.safeParse(answer.body).success) throw answer.failure('bad-response');
      return {};
    },
  };
}
