import assert from 'node:assert/strict';
import type { TypingError, TypingErrorCode } from '@typingkit/core';
import type { ConformanceCase } from '../conformance-case.ts';
import { failureOf } from '../outcome.ts';
import { startAndStopOf, startOf } from '../operation.ts';

/** What a bare HTTP status means. */
export const codesOfStatuses: ReadonlyMap<number, TypingErrorCode> = new Map<
  number,
  TypingErrorCode
>([
  [400, 'rejected'],
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [405, 'rejected'],
  [409, 'rejected'],
  [410, 'rejected'],
  [422, 'rejected'],
  [429, 'rate-limited'],
  [500, 'unavailable'],
  [502, 'unavailable'],
  [503, 'unavailable'],
  [504, 'unavailable'],
]);

/** The codes after which the same call may succeed later. */
export const retryableCodes: ReadonlySet<TypingErrorCode> = new Set<TypingErrorCode>([
  'rate-limited',
  'unavailable',
  'network',
  'timeout',
]);

const words =
  '401 Unauthorized: 403 forbidden, 404 not found, 429 rate limit, 500, timeout, try later';

/** Every HTTP status is a typed error, and nothing but the status and the vendor's codes decides which. */
export const statusCases: readonly ConformanceCase[] = [
  ...[...codesOfStatuses].map(
    ([status, code]) =>
      ({
        title: `takes a bare ${status} for ${code}, unless the facts say otherwise`,
        run: async (context): Promise<void> => {
          context.vendor.behave({ status });
          const error = await failureOf(startOf(context).call());
          assert.equal(error.code, context.facts.statuses?.[status] ?? code);
        },
      }) satisfies ConformanceCase,
  ),
  {
    title: 'says whether a failure may pass',
    async run(context) {
      for (const status of codesOfStatuses.keys()) {
        context.vendor.behave({ status });
        const { code, retryable } = await failureOf(startOf(context).call());
        assert.equal(retryable, retryableCodes.has(code), `${status} is ${code}, retryable`);
      }
    },
  },
  {
    title: 'says on a failure who failed, at what and with which status',
    async run(context) {
      context.vendor.behave({ status: 403 });
      const { provider, operation, status } = await failureOf(startOf(context).call());
      const expected = { provider: context.create().name, operation: 'start', status: 403 };
      assert.deepEqual({ provider, operation, status }, expected);
    },
  },
  {
    title: 'never lets the words of an answer decide',
    async run(context) {
      for (const status of [400, 429, 500]) {
        const codes: TypingErrorCode[] = [];
        for (const text of ['A neutral sentence', words]) {
          context.vendor.behave({
            status,
            json: { success: false, error: text, message: text, description: text },
          });
          codes.push((await failureOf(startOf(context).call())).code);
        }
        assert.equal(codes[1], codes[0], `the words of a ${status} changed its code`);
      }
    },
  },
  {
    title: 'lets a stop fail as a start does',
    applies: ({ stop }) => stop !== 'expires',
    async run(context) {
      for (const behaviour of [{ status: 403 }, { status: 503 }, 'reset'] as const) {
        context.vendor.behave(behaviour);
        const errors: TypingError[] = [];
        for (const { call } of startAndStopOf(context)) errors.push(await failureOf(call()));
        const [ofStart, ofStop] = errors;
        assert.equal(ofStop?.code, ofStart?.code);
        assert.equal(ofStop?.operation, 'stop');
      }
    },
  },
];
