import { randomInt } from 'node:crypto';

import { z } from 'zod';

import type { SimulatedConversation } from '../vendor.ts';

/** Who writes with any of the keys. */
export const BOT = { id: 5, email: 'simulated-bot@zulip.example.com', full_name: 'Simulated bot' };

/** A conversation of the bot with people, or a topic of a channel. */
export interface ZulipConversation extends SimulatedConversation {
  readonly target: { readonly to: readonly number[]; readonly topic?: string };
  /** Of a channel: how many are subscribed. */
  readonly subscribers: number;
  /** Whether the bot may post there. */
  readonly mayPost: boolean;
  /** Whether the people are there, and want to be told of typing. */
  readonly isHeeded: boolean;
}

/** What a new conversation is like. */
export interface ZulipConversationOptions {
  /** The ids of the people; with a topic that of the channel. Default: a random one. */
  readonly to?: readonly number[] | undefined;
  /** Default: there is none, they write directly. */
  readonly topic?: string | undefined;
  /** Default: 2. */
  readonly subscribers?: number | undefined;
  /** Default: `true`. */
  readonly mayPost?: boolean | undefined;
  /** Default: `true`. */
  readonly isHeeded?: boolean | undefined;
}

export const zulipConversationOptions: z.ZodType<ZulipConversationOptions> = z.strictObject({
  to: z.array(z.number().int().min(1)).min(1).optional(),
  topic: z.string().optional(),
  subscribers: z.number().int().min(1).optional(),
  mayPost: z.boolean().optional(),
  isHeeded: z.boolean().optional(),
});

export function newZulipConversation({
  to = [randomInt(1_000, 2 ** 31)],
  topic,
  subscribers = 2,
  mayPost = true,
  isHeeded = true,
}: ZulipConversationOptions): ZulipConversation {
  const target = { to, ...(topic === undefined ? {} : { topic }) };
  return { id: zulipId(to, topic), target, subscribers, mayPost, isHeeded };
}

/** The bot itself is always among the people, named or not; topics differ in more than capitals. */
export function zulipId(to: readonly number[], topic: string | undefined): string {
  if (topic !== undefined) return `${String(to[0])}/${topic.toLowerCase()}`;
  const people = to.filter((one) => one !== BOT.id).toSorted((one, other) => one - other);
  return people.join(',');
}

/** A message of the first of the people, as the queue of events has it. */
export function messageBody({ target }: ZulipConversation, id: number, text: string): object {
  const people = target.topic === undefined ? target.to : [9];
  const [ada = 9] = people;
  const common = { id, content: text, sender_id: ada, sender_email: emailOf(ada) };
  if (target.topic !== undefined) {
    const [channel] = target.to;
    return {
      ...common,
      type: 'stream',
      display_recipient: 'simulated channel',
      stream_id: channel,
      subject: target.topic,
    };
  }
  const users = [...people.map((one) => ({ id: one, email: emailOf(one) })), BOT];
  return { ...common, type: 'private', display_recipient: users };
}

/** What the queue of events tells when the first of the people types. */
export function typingBody(
  { target }: ZulipConversation,
  id: number,
  op: 'start' | 'stop',
): object {
  const [first = 9] = target.to;
  const ada = target.topic === undefined ? first : 9;
  const event = { id, type: 'typing', op, sender: { user_id: ada, email: emailOf(ada) } };
  if (target.topic !== undefined) {
    return { ...event, message_type: 'stream', stream_id: first, topic: target.topic };
  }
  const recipients = [
    { user_id: BOT.id, email: BOT.email },
    ...target.to.map((one) => ({ user_id: one, email: emailOf(one) })),
  ];
  return { ...event, message_type: 'direct', recipients };
}

function emailOf(id: number): string {
  return `user${id}@zulip.example.com`;
}
