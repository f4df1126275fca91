import type { TestProject } from 'vitest/node';
import { type Chromium, findChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Nothing where there is none. */
    readonly chromium: Chromium | undefined;
  }
}

/** Looks for a browser once, before the tests that need one. */
export default async function provideChromium(project: TestProject): Promise<void> {
  try {
    project.provide('chromium', await findChromium());
  } catch (error) {
    // CI has to have one.
    if (process.env['CI']) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(
      `The tests in a browser are skipped: ${reason} Install Chromium, or name one: CHROMIUM=<path>.`,
    );
  }
}
