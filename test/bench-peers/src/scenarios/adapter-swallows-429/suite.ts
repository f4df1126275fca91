import { fileURLToPath } from 'node:url';
import { startVitest } from 'vitest/node';
import { measureProcess } from '../../measure-process.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

measureProcess(async ({ record, workIsOver }) => {
  const vitest = await startVitest('test', [], {
    root,
    config: false,
    watch: false,
    include: ['two-adapters.suite.ts'],
    reporters: [{}],
  });
  const tests = vitest.state
    .getTestModules()
    .flatMap(({ children }) => Array.from(children.allTests()));
  const errors = vitest.state.getTestModules().flatMap((module) => module.errors());
  if (errors.length > 0 || tests.length === 0) throw new Error(JSON.stringify(errors));
  await vitest.close();
  // Failing tests are what this is about, and no failure of this process.
  process.exitCode = 0;
  const count = (adapter: string, state?: 'failed'): number =>
    tests.filter(
      (test) => test.fullName.startsWith(adapter) && (!state || test.result().state === state),
    ).length;
  record({
    throwingCases: count('throwing'),
    throwingFailed: count('throwing', 'failed'),
    swallowingCases: count('swallowing'),
    swallowingFailed: count('swallowing', 'failed'),
  });
  workIsOver();
});
