import { object, type Schema, string } from '@typingkit/core/schema';

/** A person on LINE, in their chat with the official account. */
export interface LinePerson {
  /** The person's id, as `source.userId` in the webhook: `U` and 32 hexadecimal digits. */
  readonly userId: string;
}

/** A group. LINE shows no indicator there, so only a `fallback` does. */
export interface LineGroup {
  /** The group's id, as `source.groupId` in the webhook: `C` and 32 hexadecimal digits. */
  readonly groupId: string;
}

/** A chat of several people that is no group. Nothing shows there either. */
export interface LineRoom {
  /** The room's id, as `source.roomId` in the webhook: `R` and 32 hexadecimal digits. */
  readonly roomId: string;
}

/** Whom or what the account writes to. */
export type LineTarget = LinePerson | LineGroup | LineRoom;

export const Person: Schema<LinePerson> = object({
  userId: string(
    /^U[0-9a-f]{32}$/,
    'must be the id of a person: U and 32 hexadecimal digits (those of groups and rooms begin with C and R)',
  ),
});

const Group: Schema<LineGroup> = object({
  groupId: string(/^C[0-9a-f]{32}$/, 'must be the id of a group: C and 32 hexadecimal digits'),
});

const Room: Schema<LineRoom> = object({
  roomId: string(/^R[0-9a-f]{32}$/, 'must be the id of a room: R and 32 hexadecimal digits'),
});

/** What a target has to be, by the id that it has. */
export function shapeOf(input: unknown): Schema<LineTarget> {
  if (typeof input !== 'object' || input === null) return Person;
  if ('groupId' in input) return Group;
  return 'roomId' in input ? Room : Person;
}

/** Names the chat. LINE's ids tell by their first letter what they are of. */
export function idOf(target: LineTarget): string {
  if ('userId' in target) return target.userId;
  return 'groupId' in target ? target.groupId : target.roomId;
}
