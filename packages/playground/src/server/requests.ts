import { z } from 'zod';
import {
  channelRows,
  forEachChannel,
  phoneChannels,
  type PhoneChannel,
} from '../protocol/channels/channel-rows.ts';
import type { SettingsChange } from '../protocol/settings.ts';

const channel = z.enum(phoneChannels);
const retryAfterRule = 'must be a whole number of seconds from 1 to 300';
const trouble = z.enum(['none', 'wrong-key', 'rate-limited', 'server-error', 'hang', 'reset']);

/** Something that the page changes. */
export const settingsChange: z.ZodType<SettingsChange> = z.strictObject({
  bot: z
    .strictObject({
      thinkMs: z.number().int().min(500).max(180_000).optional(),
      wordsPerMinute: z.number().int().min(20).max(200).optional(),
      answer: z.enum(['short', 'medium', 'long']).optional(),
      streams: z.boolean().optional(),
    })
    .optional(),
  speed: z.number().min(1).max(20).optional(),
  isPaused: z.boolean().optional(),
  phones: z
    .tuple([channel, channel])
    .refine(([left, right]) => left !== right, {
      message: 'must be two different channels',
    })
    .optional(),
  chats: z.strictObject(forEachChannel((name) => chatOf(name).optional())).optional(),
  switches: z.strictObject(forEachChannel((name) => switchesOf(name).optional())).optional(),
  trouble: z.strictObject(forEachChannel(() => trouble.optional())).optional(),
  retryAfterSeconds: z
    .int({ error: retryAfterRule })
    .min(1, { error: retryAfterRule })
    .max(300, { error: retryAfterRule })
    .optional(),
});

/** The person writes to the bot. */
export const written: z.ZodType<{ channel: PhoneChannel; text: string }> = z.strictObject({
  channel,
  text: z.string().trim().min(1).max(500),
});

/** The person begins to type, or ceases. */
export const personTyping: z.ZodType<{ channel: PhoneChannel; isTyping: boolean }> = z.strictObject(
  { channel, isTyping: z.boolean() },
);

/** Which phone is asked about. */
export const aboutPhone: z.ZodType<{ channel: PhoneChannel }> = z.strictObject({ channel });

/** How far time is to go on while it stands still. */
export const step: z.ZodType<{ forMs: number }> = z.strictObject({
  forMs: z.number().int().min(1).max(60_000),
});

/** Nothing at all. */
export const nothing: z.ZodType<object> = z.strictObject({});

function chatOf(name: PhoneChannel): z.ZodType<string> {
  return z.enum(channelRows[name].chats.map(({ value }) => value));
}

function switchesOf(name: PhoneChannel): z.ZodType<Record<string, string>> {
  const { switches } = channelRows[name];
  return z.strictObject(
    Object.fromEntries(
      switches.map(({ setting, options }) => [setting, z.enum(options.map(({ value }) => value))]),
    ),
  );
}
