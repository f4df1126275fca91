import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** `pnpm test:long`: searches, rehearsals and faults that take too long for every run. `.ci/run` runs them. */
export default defineConfig({
  test: {
    maxWorkers: availableParallelism(),
    testTimeout: 120_000,
    expect: { poll: { timeout: 45_000 } },
    provide: { isThorough: true },
    // As in every other run: see vitest.config.ts.
    retry: process.env['CI'] ? 1 : 0,
    include: [
      'test/long/**/*.test.ts',
      'packages/bullmq/test/{processes,scripts}/*.test.ts',
      'packages/core/test/property/*.test.ts',
      'packages/testing/test/broken-*.test.ts',
    ],
  },
});
