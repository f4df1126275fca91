import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isThorough } from '../../../../test/long/thorough.ts';
import { runConformanceCase } from '../../src/conformance-case.ts';
import { conformanceCases } from '../../src/conformance-cases.ts';
import { anyFacts } from '../../src/provider-facts.ts';
import { watchUnhandledRejections } from '../../src/watch-unhandled-rejections.ts';
import { acmeFacts } from '../acme.ts';
import type { BrokenProvider } from './broken-provider.ts';

const addressTitle = 'has an address that says what the provider says';

/**
 * Runs the cases that must fail against every one of these. `pnpm test:long` runs every case, so that no other fails; that
 * is half a second for each of them.
 */
export function describeBrokenProviders(
  about: string,
  brokenProviders: readonly BrokenProvider[],
): void {
  describe(`a provider with broken ${about} fails its cases${isThorough ? ' and no others' : ''}`, () => {
    // One of them forgets a promise; vitest would fail the run for it, not the case.
    let rejections: ReturnType<typeof watchUnhandledRejections> | undefined;
    beforeAll(() => {
      rejections = watchUnhandledRejections();
    });
    afterAll(() => rejections?.end());

    test.for(brokenProviders.map((provider) => [provider.does, provider] as const))(
      'when it %s',
      { timeout: 120_000 },
      async ([, { create, fails }]) => {
        const failed: string[] = [];
        // What is broken in the provider is broken in its address, too, where they are not to differ.
        const address = fails.includes(addressTitle) ? acmeFacts.address : undefined;
        const facts = anyFacts({ ...acmeFacts, create, address });
        for (const conformanceCase of conformanceCases(facts)) {
          if (!isThorough && !fails.includes(conformanceCase.title)) continue;
          await runConformanceCase(conformanceCase, facts).catch(() =>
            failed.push(conformanceCase.title),
          );
        }
        expect(failed.toSorted()).toEqual([...fails].toSorted());
      },
    );
  });
}
