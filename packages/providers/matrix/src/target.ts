import { object, type Schema, string } from '@typingkit/core/schema';

/** A Matrix room. A conversation of two is a room as well. */
export interface MatrixTarget {
  /** The room's id: `!` and whatever the server chose. */
  readonly roomId: string;
}

/**
 * Since room version 12 an id has no domain. Half a surrogate pair cannot stand in a URL.
 *
 * @see https://spec.matrix.org/latest/appendices/#room-ids
 */
export const Target: Schema<MatrixTarget> = object({
  roomId: string(
    /^![^\0\p{Cs}]{1,254}$/u,
    'must be the id of a room, which begins with "!". An alias, which begins with "#", is not one',
  ),
});
