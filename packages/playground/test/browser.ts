import type { Browser } from 'playwright-core';
import { describe, inject, type SuiteAPI } from 'vitest';
import { launchChromium } from '../../../test/browser/launch-chromium.ts';

/** What the set-up of the tests in a browser has found. Where it is none, it has said why. */
const found = inject('chromium');

/** A suite that needs a browser. Where none can be had, it is skipped. */
export const describeInBrowser: SuiteAPI['skip'] | SuiteAPI = found ? describe : describe.skip;

export function launchBrowser(): Promise<Browser> {
  if (!found) throw new Error('There is no browser.');
  return launchChromium(found);
}
