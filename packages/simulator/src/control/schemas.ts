import { z } from 'zod';

import type { RequestFilter } from '../observing/request-log.ts';
import type { PersonTypes } from '../vendors/vendor.ts';
import { vendorNames } from '../vendors/vendor-registry.ts';
import type { VendorName } from '../vendors/vendor-registry.ts';

const text = z.string().min(1);
const vendor = z.enum(vendorNames);

export const message: z.ZodType<{ from: 'us' | 'them'; text?: string | undefined }> =
  z.strictObject({ from: z.enum(['us', 'them']), text: z.string().optional() });

export const personTypes: z.ZodType<{ state: 'started' | 'stopped' } | { forMs: number }> = z.union(
  [
    z.strictObject({ state: z.enum(['started', 'stopped']) }),
    z.strictObject({ forMs: z.number().positive() }),
  ],
);

export function asPersonTypes(body: z.infer<typeof personTypes>): PersonTypes {
  return 'state' in body ? body.state : body;
}

export const conversationQuery: z.ZodType<{
  conversation: string;
  vendor?: VendorName | undefined;
}> = z.strictObject({ conversation: text, vendor: vendor.optional() });

export const requestFilter: z.ZodType<RequestFilter> = z.strictObject({
  vendor: vendor.optional(),
  method: text.optional(),
  conversation: text.optional(),
});

export const clockAdvance: z.ZodType<{ milliseconds: number }> = z.strictObject({
  milliseconds: z.number().min(0),
});

export const clockSpeed: z.ZodType<{ speed: number }> = z.strictObject({
  speed: z.number().min(0),
});

/** What the receiver itself checks: settings and faults. */
export const anyObject: z.ZodType<Record<string, unknown>> = z.record(z.string(), z.unknown());
