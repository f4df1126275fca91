import type { ProviderInboundEvent } from '@typingkit/core';
import {
  anything,
  array,
  object,
  optional,
  otherwise,
  type OutputOf,
  record,
  string,
} from '@typingkit/core/schema';
import type { MatrixTarget } from './target.ts';

/** The bot's own user id in a room, where it is known. */
export type OwnId = (target: MatrixTarget) => string | undefined;

const Relation = object({ rel_type: anything() });
const RoomEvent = object({
  type: string(),
  // Not in a `/sync`, where it is the key of the map.
  room_id: optional(string()),
  sender: anything(),
  content: object({
    msgtype: anything(),
    user_ids: otherwise(array(string()), []),
    'm.relates_to': otherwise(optional(Relation), undefined),
  }),
});
const list = otherwise(array(anything()), []);
const Events = otherwise(object({ events: list }), { events: [] });
/** What `GET /sync` answers. */
const Sync = object({
  rooms: object({ join: record(object({ timeline: Events, ephemeral: Events })) }),
});
/** What an application service gets. */
const Transaction = object({ events: array(anything()), ephemeral: list });
/** The `MatrixEvent` of matrix-js-sdk. */
const SdkEvent = object({ event: RoomEvent });

type RoomEvent = OutputOf<typeof RoomEvent> & { readonly room_id: string };

function eventsIn(body: unknown): RoomEvent[] {
  const sync = Sync.read(body);
  if (sync) {
    return Object.entries(sync.rooms.join).flatMap(([roomId, { timeline, ephemeral }]) =>
      [...timeline.events, ...ephemeral.events].flatMap((one) => eventOf(one, roomId)),
    );
  }
  const transaction = Transaction.read(body);
  if (transaction) {
    return [...transaction.events, ...transaction.ephemeral].flatMap((one) => eventOf(one));
  }
  return eventOf(SdkEvent.read(body)?.event ?? body);
}

function eventOf(value: unknown, roomId?: string): RoomEvent[] {
  const event = RoomEvent.read(value);
  const room = roomId ?? event?.room_id;
  return event && room?.startsWith('!') ? [{ ...event, room_id: room }] : [];
}

/**
 * The rooms in which somebody wrote: in the answer of a `/sync`, in a transaction of an application service, or in one
 * event. Edits, notices, which are what bots write, and what the bot itself wrote give none.
 *
 * @see https://spec.matrix.org/latest/client-server-api/#mroommessage
 */
export function matrixTargetsIn(body: unknown, ownId: OwnId): MatrixTarget[] {
  const rooms = new Set<string>();
  for (const { type, room_id: roomId, sender, content } of eventsIn(body)) {
    const isMessage = type === 'm.room.message' && content.msgtype !== 'm.notice';
    const isEdit = content['m.relates_to']?.rel_type === 'm.replace';
    if (isMessage && !isEdit && sender !== ownId({ roomId })) rooms.add(roomId);
  }
  return [...rooms].map((roomId) => ({ roomId }));
}

/**
 * Who types, out of the same. An event has all who type in the room at that moment, and one that has nobody, or only the
 * bot itself, says that the others have ceased.
 *
 * @see https://spec.matrix.org/latest/client-server-api/#mtyping
 */
export function matrixInboundIn(body: unknown, ownId: OwnId): ProviderInboundEvent<MatrixTarget>[] {
  const at = new Date();
  return eventsIn(body).flatMap(({ type, room_id: roomId, content }) => {
    if (type !== 'm.typing') return [];
    const target = { roomId };
    const own = ownId(target);
    const others = content.user_ids.filter((one) => one !== own).toSorted();
    const eventId = [roomId, at.getTime(), ...others].join(' ');
    return [
      others.length > 0
        ? // The server repeats nothing while they go on, and at Synapse 120 s are the most.
          { state: 'started', target, at, eventId, expiresInMs: 120_000 }
        : { state: 'stopped', target, at, eventId, expiresInMs: 0 },
    ];
  });
}
