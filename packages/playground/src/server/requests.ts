import { z } from 'zod';
import type { PhoneChannel, SettingsChange } from '../protocol/settings.ts';

const channel = z.enum(['imessage', 'linkedin']);
const trouble = z.enum(['none', 'wrong-key', 'rate-limited', 'server-error', 'hang', 'reset']);

/** Something that the page changes. */
export const settingsChange: z.ZodType<SettingsChange> = z.strictObject({
  bot: z
    .strictObject({
      thinkMs: z.number().int().min(500).max(180_000).optional(),
      answer: z.enum(['short', 'medium', 'long']).optional(),
      streams: z.boolean().optional(),
    })
    .optional(),
  speed: z.number().min(1).max(20).optional(),
  era: z.enum(['april', 'july', 'august']).optional(),
  chat: z.enum(['active', 'inactive', 'sms', 'group']).optional(),
  trouble: z
    .strictObject({ imessage: trouble.optional(), linkedin: trouble.optional() })
    .optional(),
  retryAfterSeconds: z.number().int().min(1).max(300).optional(),
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

/** Nothing at all. */
export const nothing: z.ZodType<object> = z.strictObject({});
