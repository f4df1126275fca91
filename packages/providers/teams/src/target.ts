import { object, optional, type Schema, string } from '@typingkit/core/schema';

/** A conversation in Teams, Web Chat or Direct Line. */
export interface TeamsTarget {
  /** `conversation.id` of the activity, whole: what follows `;messageid=` names the thread. */
  readonly conversationId: string;
  /**
   * `serviceUrl` of the newest activity. It changes over time, so do not keep it for long. Default: the option `baseUrl`.
   */
  readonly serviceUrl?: string | undefined;
  /** `conversation.conversationType` of the activity: `personal`, `groupChat` or `channel`. */
  readonly conversationType?: string | undefined;
  /** `channelId` of the activity: `msteams`, `webchat`, `directline`. Default: `msteams`. */
  readonly channelId?: string | undefined;
}

const word = string(/^[\w.:-]{1,64}$/, 'must be the word of the activity');

export const Target: Schema<TeamsTarget> = object({
  conversationId: string(
    // Encoded, a dot stays a dot: `..` would be another path.
    /^(?!\.{1,2}$)[\x21-\x7e]{1,1024}$/,
    'must be the id of a conversation such as 19:abc@thread.v2',
  ),
  serviceUrl: optional(
    string(/^https?:\/\/[\x21-\x7e]{1,1024}$/i, 'must be the serviceUrl of an activity'),
  ),
  conversationType: optional(word),
  channelId: optional(word),
});

/** Whether it is a channel of a team, where Teams shows no typing. */
export function isTeamChannel({ conversationId, conversationType }: TeamsTarget): boolean {
  return conversationType === undefined
    ? /@thread\.tacv2(?:;|$)/.test(conversationId)
    : conversationType === 'channel';
}

/** Whether the person's typing is told there: Teams keeps it to itself. */
export function tellsTyping({ channelId }: TeamsTarget): boolean {
  return channelId === 'directline' || channelId === 'webchat';
}
