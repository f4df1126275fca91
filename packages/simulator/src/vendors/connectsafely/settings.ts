import { z } from 'zod';

import { rateLimitSchema } from '../rate-limit.ts';
import type { RateLimit } from '../rate-limit.ts';

/** How the simulated ConnectSafely behaves; all of it can be changed while it runs. */
export interface ConnectSafelySettings {
  /** All keys are of one workspace and see all its accounts. Default: one key, `connectsafely-simulator-key`. */
  readonly apiKeys: readonly string[];
  /** The account of a request that names none. Default: the account the simulator starts with. */
  readonly defaultAccountId: string;
  /**
   * How long one start shows. Nobody documents it: the claims are 5 to 10 s, and LinkedIn's own client repeats every
   * 5 s. Default: 6000, the short end that a repeat every 5 s still bridges.
   */
  readonly lifetimeMs: number;
  /** Whether every request is answered 403. Default: `false`. */
  readonly trialExpired: boolean;
  /** `overview`: a 400 in the shape of the vendor's overview page, with `code` and `message`. Default: `endpoint`. */
  readonly errorShape: 'endpoint' | 'overview';
  /** For each account, the typing endpoint alone. The vendor documents none. Default: `null`, no limit. */
  readonly typingRateLimit: RateLimit | null;
  /** For each account and UTC day, `send-with-typing`. Default: 150. */
  readonly messagesPerDay: number;
  /** How `X-RateLimit-Reset` is written: current pages say ISO 8601, a stale one Unix seconds. Default: `iso`. */
  readonly resetFormat: 'iso' | 'unix-seconds';
  /** Whether a 429 has `Retry-After`; some pages say so, some do not. Default: `false`. */
  readonly retryAfter: boolean;
  /** Whether a 429 has `holdUntil`. Default: `false`. */
  readonly holdUntil: boolean;
}

export const connectSafelySettings: z.ZodType<ConnectSafelySettings> = z.strictObject({
  apiKeys: z.array(z.string().min(1)).min(1),
  defaultAccountId: z.string().min(1),
  lifetimeMs: z.number().positive(),
  trialExpired: z.boolean(),
  errorShape: z.enum(['endpoint', 'overview']),
  typingRateLimit: rateLimitSchema.nullable(),
  messagesPerDay: z.number().int().min(0),
  resetFormat: z.enum(['iso', 'unix-seconds']),
  retryAfter: z.boolean(),
  holdUntil: z.boolean(),
});

export const DEFAULT_CONNECTSAFELY_SETTINGS: ConnectSafelySettings = {
  apiKeys: ['connectsafely-simulator-key'],
  defaultAccountId: '696ce9e780e0483585e4e553',
  lifetimeMs: 6000,
  trialExpired: false,
  errorShape: 'endpoint',
  typingRateLimit: null,
  messagesPerDay: 150,
  resetFormat: 'iso',
  retryAfter: false,
  holdUntil: false,
};
