/* oxlint-disable vitest/valid-title, vitest/expect-expect -- titles and assertions are those of the cases */
import { describe, test } from 'vitest';
import {
  type ConformanceCase,
  type ConformanceOptions,
  runConformanceCase,
} from './conformance-case.ts';
import { addressConformanceCases, conformanceCases } from './conformance-cases.ts';
import {
  type AddressFacts,
  anyFacts,
  type AnyFacts,
  type ProviderFacts,
} from './provider-facts.ts';

/**
 * Gives an adapter its conformance tests. Call it once, at the top of a test file of vitest.
 *
 * The tests run one after the other against a real HTTP server on loopback: each makes providers with `facts.create`
 * and looks at what arrives, at what comes back and at what is left behind. What cannot be told from the facts (an
 * option that only this vendor has, say) remains for tests of your own.
 *
 * @param name how to call the group of tests, such as the provider's name.
 * @param facts what is true of the vendor and its adapter.
 */
export function describeTypingProvider<Target, Credential = string>(
  name: string,
  facts: ProviderFacts<Target, Credential>,
  options: ConformanceOptions = {},
): void {
  const checked = anyFacts(facts);
  describeCases(name, checked, conformanceCases(checked), options);
}

/**
 * Gives an adapter the tests that ask nothing of its vendor: of its targets, its capabilities, and what it reads in messages
 * and events. For an adapter that has a connection of its own instead of HTTP; how it shows and clears remains for tests of
 * your own.
 */
export function describeProviderAddress<Target, Credential = string>(
  name: string,
  facts: AddressFacts<Target, Credential>,
): void {
  const checked = anyFacts(facts);
  describeCases(name, checked, addressConformanceCases(checked));
}

function describeCases(
  name: string,
  facts: AnyFacts,
  cases: readonly ConformanceCase[],
  options?: ConformanceOptions,
): void {
  // Some cases look at the timers and the rejections of the whole process.
  describe(name, { concurrent: false }, () => {
    for (const conformanceCase of cases) {
      // Longer than any case takes on a machine that is busy: a call that hangs is found in two seconds.
      test(conformanceCase.title, { timeout: 30_000 }, () =>
        runConformanceCase(conformanceCase, facts, options),
      );
    }
  });
}
