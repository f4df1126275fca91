import type { Comparison, Scenario } from './define-scenario.ts';

/** Runs the long ones beside everything else, and the others one by one: their milliseconds count. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  onDone: (title: string) => void,
): Promise<Comparison[]> {
  const comparisons = new Map<Scenario, Promise<Comparison>>();
  const run = (scenario: Scenario): Promise<Comparison> => {
    const comparison = scenario.run();
    comparisons.set(scenario, comparison);
    // One that fails is reported below.
    comparison.then(
      () => onDone(scenario.title),
      () => {},
    );
    return comparison;
  };
  for (const scenario of scenarios.filter(({ isLong }) => isLong)) void run(scenario);
  for (const scenario of scenarios.filter(({ isLong }) => !isLong)) await run(scenario);
  return Promise.all(scenarios.map((scenario) => comparisons.get(scenario) ?? run(scenario)));
}
