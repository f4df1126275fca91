import { z } from 'zod';

import { rateLimitSchema } from '../rate-limit.ts';
import type { RateLimit } from '../rate-limit.ts';
import { LINQ_ERAS } from './era.ts';
import type { LinqEra, LinqEraRules } from './era.ts';

/** How the simulated Linq behaves; all of it can be changed while it runs. */
export interface LinqSettings {
  /** Every key is an account of its own, with its own chats. Default: one key, `linq-simulator-key`. */
  readonly apiKeys: readonly string[];
  /** Default: `august`, the newest. */
  readonly era: LinqEra;
  /** How long one start shows. `null`: as the era says. */
  readonly lifetimeMs: number | null;
  /** Whether groups may type. `null`: as the era says. */
  readonly groups: boolean | null;
  /** Whether error bodies have `error.doc_url`. Documented samples differ. Default: `true`. */
  readonly docUrl: boolean;
  /** Whether error bodies have `trace_id`; the header `X-Trace-ID` is always there. Default: `true`. */
  readonly traceId: boolean;
  /** In which order `GET` messages lists them, which the vendor does not say. Default: `newest-first`. */
  readonly messageOrder: 'newest-first' | 'oldest-first';
  /** Whether a subscription may have a `target_url` of plain http on loopback. The vendor takes https only. Default: `false`. */
  readonly httpTargets: boolean;
  /** Which signatures a webhook has. Default: `both`, as the vendor sends it; its older pages know `legacy` only. */
  readonly webhookSignatures: 'both' | 'standard' | 'legacy';
  /** How many times a webhook is sent in the same moment: delivery is at least once. Default: 1. */
  readonly webhookCopies: number;
  /**
   * Whose time stands in a webhook: a receiver compares it with its own clock, and refuses what is minutes off.
   * `simulated` is for a receiver that goes by the simulator's clock. Default: `real`.
   */
  readonly webhookTime: 'real' | 'simulated';
  /** For each key, all endpoints together. Linq documents none for typing. Default: `null`, no limit. */
  readonly rateLimit: RateLimit | null;
}

export const linqSettings: z.ZodType<LinqSettings> = z.strictObject({
  apiKeys: z.array(z.string().min(1)).min(1),
  era: z.enum(['april', 'july', 'august']),
  lifetimeMs: z.number().positive().nullable(),
  groups: z.boolean().nullable(),
  docUrl: z.boolean(),
  traceId: z.boolean(),
  messageOrder: z.enum(['newest-first', 'oldest-first']),
  httpTargets: z.boolean(),
  webhookSignatures: z.enum(['both', 'standard', 'legacy']),
  webhookCopies: z.number().int().min(1).max(100),
  webhookTime: z.enum(['real', 'simulated']),
  rateLimit: rateLimitSchema.nullable(),
});

export const DEFAULT_LINQ_SETTINGS: LinqSettings = {
  apiKeys: ['linq-simulator-key'],
  era: 'august',
  lifetimeMs: null,
  groups: null,
  docUrl: true,
  traceId: true,
  messageOrder: 'newest-first',
  httpTargets: false,
  webhookSignatures: 'both',
  webhookCopies: 1,
  webhookTime: 'real',
  rateLimit: null,
};

export function linqRules(settings: LinqSettings): LinqEraRules {
  const era = LINQ_ERAS[settings.era];
  return {
    ...era,
    lifetimeMs: settings.lifetimeMs ?? era.lifetimeMs,
    groups: settings.groups ?? era.groups,
  };
}
