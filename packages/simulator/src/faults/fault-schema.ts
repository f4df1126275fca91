import { validateHeaderName, validateHeaderValue } from 'node:http';

import { z } from 'zod';

import { vendorNames, vendorRows } from '../vendors/vendor-registry.ts';
import type { Fault } from './fault.ts';

const vendor = z.enum(vendorNames);
const matchAndOutcome = {
  vendor: vendor.optional(),
  method: z.string().min(1).optional(),
  intents: z
    .array(z.enum(['start', 'stop', 'message', 'question']))
    .min(1)
    .optional(),
  path: z.string().min(1).optional(),
  conversation: z.string().min(1).optional(),
  times: z.union([z.number().int().positive(), z.literal('forever')]).optional(),
  takesEffect: z.boolean().optional(),
};

const status = z.number().int().min(200).max(599);
const milliseconds = z.number().min(0);

// A header that Node would refuse must be refused here, not when the answer is written.
const headers = z.record(z.string(), z.string()).superRefine((record, context) => {
  for (const [name, value] of Object.entries(record)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch (error) {
      context.addIssue({ code: 'custom', path: [name], message: String(error) });
    }
  }
});

export const faultSchema: z.ZodType<Fault> = z.discriminatedUnion('kind', [
  z.strictObject({ ...matchAndOutcome, kind: z.literal('delay'), delayMs: milliseconds }),
  z.strictObject({ ...matchAndOutcome, kind: z.literal('hang') }),
  z.strictObject({
    ...matchAndOutcome,
    kind: z.literal('reset'),
    when: z.enum(['before-answer', 'mid-body']).optional(),
  }),
  z.strictObject({
    ...matchAndOutcome,
    kind: z.literal('status'),
    status,
    headers: headers.optional(),
    body: z.unknown().optional(),
  }),
  z.strictObject({ ...matchAndOutcome, kind: z.literal('html'), status: status.optional() }),
  z.strictObject({
    ...matchAndOutcome,
    kind: z.literal('truncated-json'),
    status: status.optional(),
  }),
  z.strictObject({
    ...matchAndOutcome,
    kind: z.literal('oversize'),
    bytes: z.number().int().positive().optional(),
    status: status.optional(),
  }),
  z.strictObject({
    ...matchAndOutcome,
    kind: z.literal('redirect'),
    location: z.string().min(1),
    status: z
      .union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)])
      .optional(),
  }),
  z.strictObject({ ...matchAndOutcome, kind: z.literal('empty'), status: status.optional() }),
  z.strictObject({
    ...matchAndOutcome,
    kind: z.literal('drip'),
    everyMs: milliseconds.optional(),
    status: status.optional(),
  }),
  z
    .strictObject({
      ...matchAndOutcome,
      vendor,
      kind: z.literal('failure'),
      failure: z.string(),
      retryAfterSeconds: z.number().int().min(0).optional(),
    })
    .superRefine(({ vendor: name, failure }, context) => {
      const known = Object.keys(vendorRows[name].failures);
      if (known.includes(failure)) return;
      const message = `${name} documents: ${known.join(', ')}`;
      context.addIssue({ code: 'custom', path: ['failure'], message });
    }),
]);
