import { z } from 'zod';

import { rateLimitSchema } from './rate-limit.ts';
import type { RateLimit } from './rate-limit.ts';
import type { VendorSettings } from './vendor.ts';

/** The settings of a vendor that needs no more. */
export interface PlainSettings extends VendorSettings {
  /** Default: `null`, no limit. What counts as one client is the vendor's. */
  readonly rateLimit: RateLimit | null;
}

/** What `Vendor.settings` is for a vendor with these. */
export function plainSettings(apiKey: string): {
  readonly schema: z.ZodType<PlainSettings>;
  readonly defaults: PlainSettings;
} {
  return {
    schema: z.strictObject(plainSettingsShape),
    defaults: { apiKeys: [apiKey], rateLimit: null },
  };
}

/** For a vendor that has more settings. */
export const plainSettingsShape: {
  readonly apiKeys: z.ZodType<readonly string[]>;
  readonly rateLimit: z.ZodType<RateLimit | null>;
} = {
  apiKeys: z.array(z.string().min(1)).min(1),
  rateLimit: rateLimitSchema.nullable(),
};
