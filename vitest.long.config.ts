import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { longTests } from './test/long/long-tests.ts';

/** `pnpm test:long`: searches, rehearsals and faults that take too long for every run. `.ci/run` runs them. */
export default defineConfig({
  test: {
    maxWorkers: availableParallelism(),
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // As in every other run: see vitest.config.ts.
    retry: process.env['CI'] ? 1 : 0,
    provide: { isThorough: true },
    projects: [
      {
        extends: true,
        test: {
          name: 'long',
          include: [
            'test/long/**/*.test.ts',
            ...longTests.node,
            // Searched a little in `pnpm test`, and here for long.
            'packages/bullmq/test/scripts/*.test.ts',
            'packages/core/test/property/*.test.ts',
            'packages/testing/test/broken-*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [...longTests.browser],
          globalSetup: ['test/browser/provide-chromium.ts'],
          sequence: { groupOrder: 1 },
          retry: 2,
        },
      },
    ],
  },
});
