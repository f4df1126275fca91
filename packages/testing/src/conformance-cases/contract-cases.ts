import assert from 'node:assert/strict';
import type { ConformanceCase } from '../conformance-case.ts';
import { thrownBy } from '../outcome.ts';

/** What a provider is before anybody calls it. */
export const contractCases: readonly ConformanceCase[] = [
  {
    title: 'implements version 1 of the contract',
    run({ create }) {
      assert.equal(create().specification, 1);
    },
  },
  {
    title: 'has a name in lower case',
    run({ create }) {
      assert.match(create().name, /^[a-z][a-z0-9-]*$/);
    },
  },
  {
    title: 'refuses an empty key and an invalid base URL as misconfigured',
    run({ create, facts }) {
      const emptyKey = facts.credential === null ? [] : [{ apiKey: '' }];
      for (const options of [...emptyKey, { baseUrl: 'not a URL' }]) {
        const { code } = thrownBy(() => create(options), JSON.stringify(options));
        assert.equal(code, 'misconfigured');
      }
    },
  },
];
