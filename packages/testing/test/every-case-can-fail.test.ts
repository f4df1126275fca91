import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { conformanceCases } from '../src/conformance-cases.ts';
import { anyFacts } from '../src/provider-facts.ts';
import { acmeFacts } from './acme.ts';
import { brokenProviders } from './broken/broken-providers.ts';

const titles = conformanceCases(anyFacts(acmeFacts)).map(({ title }) => title);

test('every case has a broken provider that was made to fail it', () => {
  const shown = new Set(
    Object.values(brokenProviders)
      .flat()
      .flatMap(({ fails }) => fails.slice(0, 1)),
  );
  expect([...shown].toSorted()).toEqual(titles.toSorted());
});

test('no two cases have one title', () => {
  expect(new Set(titles).size).toBe(titles.length);
});

test('every list of broken providers has a test file that runs it', () => {
  const files = readdirSync(new URL('.', import.meta.url));
  const expected = Object.keys(brokenProviders).map((about) => `broken-${about}.test.ts`);
  expect(files).toEqual(expect.arrayContaining(expected));
});
