import assert from 'node:assert/strict';
import type { ConformanceCase, ConformanceContext } from '../conformance-case.ts';
import { failureOf } from '../outcome.ts';
import { startOf } from '../operation.ts';

const serverDate = 'Sun, 06 Nov 1994 08:49:37 GMT';
const halfAMinuteLater = [
  'Sun, 06 Nov 1994 08:50:07 GMT',
  'Sunday, 06-Nov-94 08:50:07 GMT',
  'Sun Nov  6 08:50:07 1994',
] as const;

/** `Retry-After` in every form that it has, and in those that it should not have. */
export const retryAfterCases: readonly ConformanceCase[] = [
  {
    title: 'reads Retry-After in seconds',
    run: (context) => reads(context, { '7': 7_000, '120': 120_000, '0': 0 }),
  },
  {
    title: 'reads Retry-After in fractions of a second',
    run: (context) => reads(context, { '0.5': 500, '1.25': 1_250 }),
  },
  {
    title: "reads Retry-After as a date, against the vendor's own clock",
    run: (context) =>
      reads(context, Object.fromEntries(halfAMinuteLater.map((date) => [date, 30_000]))),
  },
  {
    title: 'reads a Retry-After that has passed as now',
    run: (context) => reads(context, { 'Sun, 06 Nov 1994 08:00:00 GMT': 0 }),
  },
  {
    title: 'lets no Retry-After hold typing for longer than an hour',
    async run(context) {
      for (const value of ['86400', '1000000000000', 'Fri, 31 Dec 9999 23:59:59 GMT']) {
        const waitMs = await waitOf(context, value);
        const isShort = waitMs !== undefined && waitMs > 0 && waitMs <= 3_600_000;
        assert(isShort, `retryAfterMs of ${value} is ${waitMs}`);
      }
    },
  },
  {
    title: 'takes a Retry-After that makes no sense for none',
    async run(context) {
      const none = await waitOf(context);
      for (const value of ['soon', '-5', 'Infinity', '1e3', 'NaN', '']) {
        assert.equal(await waitOf(context, value), none, `Retry-After: ${value}`);
      }
    },
  },
];

async function reads(
  context: ConformanceContext,
  waits: Readonly<Record<string, number>>,
): Promise<void> {
  for (const [value, waitMs] of Object.entries(waits)) {
    assert.equal(await waitOf(context, value), waitMs, `Retry-After: ${value}`);
  }
}

async function waitOf(context: ConformanceContext, value?: string): Promise<number | undefined> {
  const headers = { date: serverDate, ...(value !== undefined && { 'retry-after': value }) };
  context.vendor.behave({ status: 429, headers });
  return (await failureOf(startOf(context).call())).retryAfterMs;
}
