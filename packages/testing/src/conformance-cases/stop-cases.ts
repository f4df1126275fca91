import assert from 'node:assert/strict';
import { assertDocumentedRequest } from '../assert-documented-request.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { startAndStopOf } from '../operation.ts';
import { requestOf, requestsMadeBy } from '../requests-made.ts';

const hasStop: ConformanceCase['applies'] = ({ stop }) => stop !== 'expires';

/** What goes over the wire when an indicator is cleared, where the vendor can do that. */
export const stopCases: readonly ConformanceCase[] = [
  {
    title: 'stops with the request that the vendor documents',
    applies: hasStop,
    async run(context) {
      const [start, stop] = startAndStopOf(context);
      await requestOf(context, start);
      await assertDocumentedRequest(context, stop);
    },
  },
  {
    title: 'makes one request for one stop',
    applies: hasStop,
    async run(context) {
      const [start, stop] = startAndStopOf(context);
      await requestOf(context, start);
      assert.equal(await requestsMadeBy(context, () => requestOf(context, stop)), 1);
    },
  },
  {
    title: 'stops what it has never started',
    applies: hasStop,
    async run(context) {
      const [, stop] = startAndStopOf(context);
      await requestOf(context, stop);
    },
  },
];
