/**
 * The tests that `pnpm test` leaves to `pnpm test:long`: each starts dozens of processes, a browser or a server, or waits
 * for what hangs, and takes as long as a hundred others.
 */
export const longTests = {
  node: [
    'packages/bullmq/test/processes/**/*.test.ts',
    'packages/cli/test/output-loss.test.ts',
    'packages/cli/test/secrecy.test.ts',
    'packages/testing/test/broken-connections.test.ts',
    'packages/testing/test/broken-keys.test.ts',
    'test/key-secrecy.test.ts',
  ],
  browser: ['packages/playground/test/accessibility.browser.test.ts'],
} as const;
