import { literal, object, optional, type Schema, string } from '@typingkit/core/schema';

/** A person, a room, or one participant of a room. */
export interface XmppTarget {
  /**
   * The address, as `from` of a message: `bob@example.org`, or `bob@example.org/phone` for one device. With the type
   * `groupchat` the room, `team@conference.example.org`, or with a nickname behind it that participant in private.
   */
  readonly to: string;
  /** As in a message: `groupchat` for a room. Default: `chat`, one person. */
  readonly type?: 'chat' | 'groupchat' | undefined;
}

// https://www.rfc-editor.org/rfc/rfc7622#section-3. What XML cannot hold would end the connection for everybody.
const local = String.raw`[^\s@/<>'"&:\p{C}]{1,512}`;
const domain = String.raw`[^\s@/<>'"&:\p{C}]{1,512}`;
const resource = String.raw`[^\p{Cc}\p{Cs}\p{Cn}]{1,512}`;

const address = new RegExp(`^${local}@${domain}(?:/${resource})?$`, 'u');
const account = new RegExp(`^${local}@${domain}$`, 'u');
const nickname = new RegExp(`^${resource}$`, 'u');

export const Target: Schema<XmppTarget> = object({
  to: string(address, 'must be an address such as bob@example.org'),
  type: optional(literal('chat', 'groupchat')),
});
export const Account: Schema<string> = string(
  account,
  'must be an account such as bot@example.org',
);
export const Nickname: Schema<string> = string(
  nickname,
  'must be a name without control characters',
);

/** An address without its resource. Capitals make no difference in it. */
export function bareOf(jid: string): string {
  return (jid.split('/', 1)[0] ?? '').toLowerCase();
}

/** What stands behind the first slash: a device, or a nickname in a room. */
export function resourceOf(jid: string): string | undefined {
  const slash = jid.indexOf('/');
  return slash === -1 ? undefined : jid.slice(slash + 1);
}

/** Devices of one person share a conversation; participants of a room do not. */
export function conversationOf({ to, type }: XmppTarget): string {
  const nick = type === 'groupchat' ? resourceOf(to) : undefined;
  return nick === undefined ? bareOf(to) : `${bareOf(to)}/${nick}`;
}
