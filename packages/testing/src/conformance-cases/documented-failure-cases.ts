import assert from 'node:assert/strict';
import { expect } from 'vitest';
import type { ConformanceCase } from '../conformance-case.ts';
import { failureOf } from '../outcome.ts';
import { startOf } from '../operation.ts';
import type { VendorFailure } from '../provider-facts.ts';
import { retryableCodes } from './status-cases.ts';

/** One case for each failure that the vendor documents. */
export function documentedFailureCases(failures: readonly VendorFailure[]): ConformanceCase[] {
  return failures.map(({ name, answer, code, message = '', ...expected }) => ({
    title: `takes ${name ?? `a ${answer.status}`} for ${code}`,
    async run(context) {
      context.vendor.behave(answer);
      const error = await failureOf(startOf(context).call());
      const fields = Object.entries(expected).filter(([, value]) => value !== undefined);
      expect(error.toJSON()).toMatchObject({
        retryable: retryableCodes.has(code),
        ...Object.fromEntries(fields),
        code,
        status: answer.status,
      });
      assert(error.message.includes(message), `the message does not say "${message}"`);
    },
  }));
}
