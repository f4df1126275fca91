import { z } from 'zod';

import type { PlainSettings } from '../plain-settings.ts';
import { rateLimitSchema } from '../rate-limit.ts';

/** How the simulated app is set up. */
export interface SlackSettings extends PlainSettings {
  /** What the token may do. */
  readonly scopes: readonly string[];
  /** Whether the app is declared as an agent. Default: `true`. */
  readonly isAgent: boolean;
  /** Whether the app is subscribed to `agent_session_stopped`. Without it there is no stop button. Default: `true`. */
  readonly hearsStop: boolean;
  /** Whether Slack takes texts, which it says it will not from February 2027 on. Default: `true`. */
  readonly takesTexts: boolean;
}

export const slackSettings: {
  readonly schema: z.ZodType<SlackSettings>;
  readonly defaults: SlackSettings;
} = {
  schema: z.strictObject({
    apiKeys: z.array(z.string().min(1)).min(1),
    rateLimit: rateLimitSchema.nullable(),
    scopes: z.array(z.string().min(1)),
    isAgent: z.boolean(),
    hearsStop: z.boolean(),
    takesTexts: z.boolean(),
  }),
  defaults: {
    apiKeys: ['xoxb-slack-simulator-token'],
    rateLimit: null,
    scopes: ['chat:write', 'app_mentions:read', 'channels:read', 'channels:history', 'im:history'],
    isAgent: true,
    hearsStop: true,
    takesTexts: true,
  },
};
