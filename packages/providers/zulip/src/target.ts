import {
  array,
  described,
  integer,
  object,
  optional,
  refined,
  type Schema,
  string,
  transform,
  union,
} from '@typingkit/core/schema';

/** People to whom the bot writes directly, or a topic of a channel. */
export interface ZulipTarget {
  /** The ids of the people, without the bot's own. With a `topic`: the id of the channel. */
  readonly to: number | readonly number[];
  /** The topic in the channel. May be empty: "general chat". Default: direct messages. */
  readonly topic?: string | undefined;
}

/** In the form in which it goes on: the ids in order, and none twice. */
export interface ParsedTarget extends ZulipTarget {
  readonly to: readonly number[];
}

const digits = /^[1-9]\d{0,14}$/;
const Id = union(integer({ min: 1 }), transform(string(digits), Number));
const Ids = union(
  transform(Id, (id) => [id]),
  refined(array(Id), (ids) => (ids.length === 0 ? 'must hold an id' : undefined)),
  // As on a command line.
  transform(string(/^[1-9]\d{0,14}(?:,[1-9]\d{0,14})*$/), (text) => text.split(',').map(Number)),
);

export const Target: Schema<ParsedTarget> = refined(
  object({
    to: described(
      transform(Ids, (ids) => [...new Set(ids)].toSorted((one, other) => one - other)),
      'must be the ids of people such as [9, 10], or with a topic the id of a channel such as 7',
    ),
    topic: optional(string(/^[^\0\p{Cs}]{0,1000}$/u, 'must be the name of a topic')),
  }),
  ({ to, topic }) =>
    topic !== undefined && to.length > 1
      ? 'must hold the id of one channel in to where it has a topic'
      : undefined,
);
