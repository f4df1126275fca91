import type { ProviderInboundEvent } from '@typingkit/core';
import {
  anything,
  boolean,
  literal,
  nullish,
  object,
  otherwise,
  type Schema,
  string,
} from '@typingkit/core/schema';
import { PhoneNumber, type SendblueTarget } from './target.ts';

const phone: Schema<string | undefined> = otherwise(nullish(PhoneNumber), undefined);

const Message = object({
  is_outbound: literal(false),
  from_number: PhoneNumber,
  // It is null in some messages, which then name the line here.
  sendblue_number: phone,
  to_number: phone,
  message_type: anything(),
  group_id: anything(),
  service: anything(),
  opted_out: anything(),
});

const Typing = object({
  number: PhoneNumber,
  from_number: phone,
  is_typing: boolean(),
  timestamp: string(/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?$/),
});

/** How long a `started` holds where no `stopped` comes. A guess: Sendblue does not say. */
const expiresInMs = 60_000;

/**
 * The person and the line of a message that came in by iMessage. SMS, groups and whoever has opted out see no indicator.
 *
 * @see https://docs.sendblue.com/getting-started/webhooks
 */
export function sendblueTargetsIn(event: unknown): SendblueTarget[] {
  const message = Message.read(event);
  if (!message || message.opted_out === true || message.message_type === 'group') return [];
  if (typeof message.group_id === 'string' && message.group_id !== '') return [];
  const { service } = message;
  // A message that does not say how it came is taken.
  if (typeof service === 'string' && service.toLowerCase() !== 'imessage') return [];
  return [targetOf(message.from_number, message.sendblue_number ?? message.to_number)];
}

/**
 * A person who types or has ceased to, as the webhook `typing_indicator` has it.
 *
 * Nobody says which of its two numbers is the person. In messages `number` always is, so it is here, too, unless that is our
 * own line.
 *
 * @param line our own line, where it is known.
 */
export function sendblueInboundIn(
  event: unknown,
  line: string | undefined,
): ProviderInboundEvent<SendblueTarget>[] {
  const typing = Typing.read(event);
  if (!typing) return [];
  const { number, from_number: other, is_typing: isTyping, timestamp } = typing;
  // Without a zone it would be taken for local time.
  const atMs = Date.parse(/T[\d:.]+$/.test(timestamp) ? `${timestamp}Z` : timestamp);
  if (!Number.isFinite(atMs)) return [];
  const person = number === line && other !== undefined ? other : number;
  const own = [line, other, number].find((one) => one !== undefined && one !== person);
  return [
    {
      state: isTyping ? 'started' : 'stopped',
      target: targetOf(person, own),
      at: new Date(atMs),
      // The event has no id.
      eventId: `${person}.${own ?? ''}.${isTyping ? 'started' : 'stopped'}.${timestamp}`,
      expiresInMs: isTyping ? expiresInMs : 0,
    },
  ];
}

function targetOf(number: string, fromNumber: string | undefined): SendblueTarget {
  return fromNumber === undefined ? { number } : { number, fromNumber };
}
