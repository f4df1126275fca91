import { object, optional, type Schema, string } from '@typingkit/core/schema';

/** A channel of a Mattermost server, or a thread in it. */
export interface MattermostTarget {
  /** The channel's id: 26 letters and digits. */
  readonly channelId: string;
  /** The id of the thread's first post, to type in the thread. */
  readonly threadId?: string | undefined;
}

export const Id: Schema<string> = string(
  /^[a-z0-9]{26}$/,
  'must be an id: 26 lower-case letters and digits',
);

export const Target: Schema<MattermostTarget> = object({ channelId: Id, threadId: optional(Id) });
