import { randomInt } from 'node:crypto';

import { z } from 'zod';

import { withoutUndefined } from '../../input.ts';
import type { SimulatedConversation } from '../vendor.ts';

/**
 * A thread, or a channel that is one session. The bubble of `id` is the text behind the app's name; that of `sessionId`
 * is "Working…", which the state of an agent session shows.
 */
export interface SlackThread extends SimulatedConversation {
  readonly target: {
    readonly channelId: string;
    readonly threadTs: string | null;
    readonly teamId: string;
  };
  readonly sessionId: string;
  readonly channelId: string;
  /** The `ts` of the message that begins it; `null` in a session channel. */
  readonly threadTs: string | null;
  readonly teamId: string;
  readonly type: 'channel' | 'direct' | 'session';
  /** Whether the message that begins it is there. */
  readonly root: 'there' | 'deleted';
  /** Whether the bot is in the channel. */
  readonly bot: 'member' | 'outside';
  readonly isArchived: boolean;
}

/** What a new thread is like; by default one in a channel. Two with one `channelId` are two threads of it. */
export type SlackThreadOptions = {
  readonly [Name in keyof Omit<SlackThread, 'id' | 'target' | 'sessionId'>]?:
    | SlackThread[Name]
    | undefined;
};

/** What of a thread can change while it lives. */
export type SlackThreadChange = Pick<SlackThreadOptions, 'root' | 'bot' | 'isArchived'>;

const change = {
  root: z.enum(['there', 'deleted']).optional(),
  bot: z.enum(['member', 'outside']).optional(),
  isArchived: z.boolean().optional(),
};

export const slackThreadChange: z.ZodType<SlackThreadChange> = z.strictObject(change);

export const slackThreadOptions: z.ZodType<SlackThreadOptions> = z.strictObject({
  ...change,
  type: z.enum(['channel', 'direct', 'session']).optional(),
  channelId: z
    .string()
    .regex(/^[CDG][A-Z0-9]{8,}$/)
    .optional(),
  threadTs: z
    .string()
    .regex(/^\d{10}\.\d{6}$/)
    .nullable()
    .optional(),
  teamId: z
    .string()
    .regex(/^T[A-Z0-9]{2,}$/)
    .optional(),
});

/** What `recipientView` knows it by: `C0123456789/1724264405.531769`, or the channel alone. */
export function slackId(channelId: string, threadTs: string | null): string {
  return threadTs === null ? channelId : `${channelId}/${threadTs}`;
}

export function sessionIdOf(id: string): string {
  return `${id}/session`;
}

export function newSlackThread(options: SlackThreadOptions, ts: string): SlackThread {
  const type = options.type ?? 'channel';
  const letter = type === 'direct' ? 'D' : 'C';
  const channelId = options.channelId ?? `${letter}0${String(randomInt(10 ** 8, 10 ** 9))}`;
  const threadTs = type === 'session' ? null : (options.threadTs ?? ts);
  const teamId = options.teamId ?? 'T0123456789';
  const id = slackId(channelId, threadTs);
  return {
    root: 'there',
    bot: 'member',
    isArchived: false,
    ...withoutUndefined(options),
    id,
    sessionId: sessionIdOf(id),
    target: { channelId, threadTs, teamId },
    channelId,
    threadTs,
    teamId,
    type,
  };
}
