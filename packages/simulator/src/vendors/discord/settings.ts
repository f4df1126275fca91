import { z } from 'zod';

import { plainSettings, plainSettingsShape } from '../plain-settings.ts';
import type { PlainSettings } from '../plain-settings.ts';
import { rateLimitSchema } from '../rate-limit.ts';
import type { RateLimit } from '../rate-limit.ts';

/** `rateLimit` is that of one route in one channel. */
export interface DiscordSettings extends PlainSettings {
  /** Of a bot, over all that it asks. Default: 50 a second. */
  readonly globalRateLimit: RateLimit | null;
  /** So many answers of 401, 403 and 429 get the address banned. Default: 10,000 in 10 minutes. */
  readonly invalidRequestLimit: RateLimit | null;
  /** Whether a request without a `User-Agent` of a bot is refused. Default: `true`. */
  readonly requiresUserAgent: boolean;
}

export const discordSettings: {
  readonly schema: z.ZodType<DiscordSettings>;
  readonly defaults: DiscordSettings;
} = {
  schema: z.strictObject({
    ...plainSettingsShape,
    globalRateLimit: rateLimitSchema.nullable(),
    invalidRequestLimit: rateLimitSchema.nullable(),
    requiresUserAgent: z.boolean(),
  }),
  defaults: {
    ...plainSettings('discord-simulator-token').defaults,
    // https://discord.com/developers/docs/topics/rate-limits
    globalRateLimit: { requests: 50, perMs: 1000 },
    invalidRequestLimit: { requests: 10_000, perMs: 600_000 },
    requiresUserAgent: true,
  },
};
