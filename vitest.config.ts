import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { longTests } from './test/long/long-tests.ts';

const typecheck = {
  enabled: true,
  tsconfig: './tsconfig.tests.json',
  // Only the expectations of the type tests count here. `pnpm check` types everything else.
  ignoreSourceErrors: true,
};

const inBrowser = 'packages/**/test/**/*.browser.test.ts';
// They import what a lockfile of their own installs.
const ofFrameworks = 'examples/frameworks/test/**/*.test.ts';

export default defineConfig({
  test: {
    // By default Vitest leaves one processor alone, which is half of a small machine. Many tests wait for a process.
    maxWorkers: availableParallelism() + 1,
    provide: { isThorough: false },
    // A machine of CI may stand still for seconds. `.ci/run` names what passed only on its second try.
    retry: process.env['CI'] ? 1 : 0,
    // On a busy machine to start a process takes seconds. What hangs is found all the same.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        test: {
          name: 'node',
          include: [
            'packages/**/test/**/*.test.ts',
            'test/**/*.test.ts',
            'examples/*/test/**/*.test.ts',
          ],
          exclude: [
            '**/node_modules/**',
            inBrowser,
            ofFrameworks,
            'test/long/**',
            ...longTests.node,
          ],
          typecheck: {
            ...typecheck,
            include: ['packages/**/test/**/*.test-d.ts', 'test/**/*.test-d.ts'],
          },
        },
      },
      {
        test: {
          name: 'frameworks',
          include: [ofFrameworks],
          globalSetup: ['examples/frameworks/test/install.ts'],
          // A test waits for two minutes at the most, for what a busy machine takes its time for.
          testTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: [inBrowser],
          exclude: ['**/node_modules/**', ...longTests.browser],
          globalSetup: ['test/browser/provide-chromium.ts'],
          // After everything else: what a page shows depends on how soon the processor gets to it. So may a retry.
          sequence: { groupOrder: 1 },
          retry: 2,
        },
      },
    ],
  },
});
