import type { ProviderInboundEvent } from '@typingkit/core';
import {
  anything,
  array,
  integer,
  literal,
  object,
  optional,
  otherwise,
  string,
  transform,
  union,
} from '@typingkit/core/schema';
import { type ParsedTarget, Target, type ZulipTarget } from './target.ts';

/** Who the bot itself is, as far as it is known. */
export interface OwnAccount {
  readonly email?: string | undefined;
  readonly userId?: number | undefined;
}

const Id = integer({ min: 1 });
// Messages have `id`, typing has `user_id`.
const User = object({
  id: otherwise(optional(Id), undefined),
  user_id: otherwise(optional(Id), undefined),
  email: anything(),
});
const direct = literal('direct', 'private');
/** Where a message or an event belongs: among some people, or to a topic. Some call a topic `subject`. */
const Place = union(
  transform(object({ type: direct, display_recipient: array(User) }), ({ display_recipient }) => ({
    people: display_recipient,
  })),
  transform(
    object({ type: literal('stream', 'channel'), stream_id: Id, subject: string() }),
    ({ stream_id: to, subject: topic }) => ({ to, topic }),
  ),
);
const Message = object({ sender_email: anything(), sender_id: anything() });
/** An event of the queue, and what an outgoing webhook sends. */
const Wrapped = object({ message: anything() });

const TypingPlace = union(
  transform(object({ message_type: direct, recipients: array(User) }), ({ recipients }) => ({
    people: recipients,
  })),
  transform(
    object({ message_type: literal('stream', 'channel'), stream_id: Id, topic: string() }),
    ({ stream_id: to, topic }) => ({ to, topic }),
  ),
);
const Typing = object({
  type: literal('typing'),
  op: literal('start', 'stop'),
  id: anything(),
  sender: User,
});

type AnyPlace = ZulipTarget | { readonly people: readonly User[] };
type User = { readonly id?: unknown; readonly user_id?: unknown; readonly email?: unknown };

/**
 * Whom a message is from: an event `message` of the queue, the message in it, or the body of an outgoing webhook. What the
 * bot itself wrote gives none, nor does an edit.
 *
 * @see https://zulip.com/api/get-events#message
 */
export function zulipTargetsIn(event: unknown, own: OwnAccount): ParsedTarget[] {
  const value = Wrapped.read(event)?.message ?? event;
  const message = Message.read(value);
  const place = Place.read(value);
  if (!message || !place) return [];
  const sender = { id: message.sender_id, email: message.sender_email };
  return isOwn(sender, own) ? [] : targetOf(place, own);
}

/**
 * A person who began to type, or ceased: an event `typing` of the queue.
 *
 * @see https://zulip.com/api/get-events#typing-start
 */
export function zulipInboundIn(
  event: unknown,
  own: OwnAccount,
  lifetimeMs: number,
): ProviderInboundEvent<ParsedTarget>[] {
  const typing = Typing.read(event);
  const place = TypingPlace.read(event);
  if (!typing || !place || isOwn(typing.sender, own)) return [];
  const at = new Date();
  const { op, sender } = typing;
  // The event has no time, and its number is that of one queue.
  const eventId = [sender.user_id, typing.id, at.getTime()].join('.');
  return targetOf(place, own).map((target) =>
    op === 'start'
      ? { state: 'started', target, at, eventId, expiresInMs: lifetimeMs }
      : { state: 'stopped', target, at, eventId, expiresInMs: 0 },
  );
}

function isOwn({ id, user_id = id, email }: User, own: OwnAccount): boolean {
  return (
    (own.userId !== undefined && user_id === own.userId) ||
    (own.email !== undefined && email === own.email)
  );
}

function targetOf(place: AnyPlace, own: OwnAccount): ParsedTarget[] {
  const target =
    'people' in place
      ? {
          to: place.people
            .filter((user) => !isOwn(user, own))
            .map(({ id, user_id = id }) => user_id),
        }
      : place;
  // It is empty where the bot writes to itself.
  const read = Target.read(target);
  return read ? [read] : [];
}
