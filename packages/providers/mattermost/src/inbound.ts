import type { ProviderInboundEvent } from '@typingkit/core';
import {
  anything,
  integer,
  literal,
  object,
  optional,
  otherwise,
  string,
} from '@typingkit/core/schema';
import { Id, type MattermostTarget } from './target.ts';

/** What the WebSocket sends of a new post, which is JSON inside JSON. */
const Posted = object({ event: literal('posted'), data: object({ post: string() }) });
const Post = object({
  channel_id: Id,
  user_id: string(),
  root_id: otherwise(optional(Id), undefined),
  // Empty for what somebody wrote.
  type: otherwise(string(), ''),
  props: otherwise(object({ from_bot: anything(), from_webhook: anything() }), {
    from_bot: undefined,
    from_webhook: undefined,
  }),
});
const Typing = object({
  event: literal('typing'),
  data: object({ user_id: string(), parent_id: otherwise(optional(Id), undefined) }),
  broadcast: object({ channel_id: Id }),
  seq: otherwise(integer(), 0),
});

/**
 * The channel, and the thread, of a post: of the WebSocket's `posted`, of the post in it, or of what an outgoing webhook
 * sends, which does not say in which thread it is. What bots and webhooks write gives none, nor does news such as that
 * somebody joined.
 *
 * @see https://developers.mattermost.com/api-documentation/#/#websocket-events
 */
export function mattermostTargetsIn(
  event: unknown,
  userId: string | undefined,
): MattermostTarget[] {
  const posted = Posted.read(event);
  const post = Post.read(posted ? parsed(posted.data.post) : event);
  if (!post || post.user_id === userId || post.type !== '') return [];
  if (post.props.from_bot === 'true' || post.props.from_webhook === 'true') return [];
  return [{ channelId: post.channel_id, threadId: post.root_id }];
}

/** A person who types: the WebSocket's `typing`. Nothing tells that they have ceased. */
export function mattermostInboundIn(
  event: unknown,
  userId: string | undefined,
  lifetimeMs: number,
): ProviderInboundEvent<MattermostTarget>[] {
  const typing = Typing.read(event);
  if (!typing || typing.data.user_id === userId) return [];
  const { data, broadcast, seq } = typing;
  const at = new Date();
  return [
    {
      state: 'started',
      target: { channelId: broadcast.channel_id, threadId: data.parent_id },
      // The event has no time, and its number is that of one connection.
      at,
      eventId: [data.user_id, seq, at.getTime()].join('.'),
      expiresInMs: lifetimeMs,
    },
  ];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
