import {
  described,
  literal,
  object,
  optional,
  type Schema,
  string,
  union,
} from '@typingkit/core/schema';

/** A thread in Slack. */
export interface SlackTarget {
  /** The channel, or the direct message: `C0123456789`, `D0123456789`. */
  readonly channelId: string;
  /**
   * The `ts` of the message that begins the thread, as the string that Slack sends: a number loses digits. `null` is a
   * session channel, which has no threads and needs the option `sessions`.
   */
  readonly threadTs: string | null;
  /** The workspace, where one bot is in several. The function that returns the token gets it. */
  readonly teamId?: string | undefined;
}

export const ChannelId: Schema<string> = string(
  /^[CDG][A-Z0-9]{8,30}$/,
  'must be the id of a channel such as C0123456789',
);
export const ThreadTs: Schema<string> = string(
  /^\d{10}\.\d{6}$/,
  'must be the ts of a message, as a string such as "1724264405.531769"',
);
export const TeamId: Schema<string> = string(
  /^[TE][A-Z0-9]{2,30}$/,
  'must be the id of a workspace such as T0123456789',
);

/** A thread, which is the only place for a text. */
export const Thread: Schema<SlackTarget> = object({
  channelId: ChannelId,
  threadTs: ThreadTs,
  teamId: optional(TeamId),
});

/** A thread or a session channel. */
export const ThreadOrSession: Schema<SlackTarget> = object({
  channelId: ChannelId,
  threadTs: described(
    union(ThreadTs, literal(null)),
    'must be the ts of a message, as a string such as "1724264405.531769", or null for a session channel',
  ),
  teamId: optional(TeamId),
});
