import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { describe, type SuiteAPI } from 'vitest';

/** Debian's browser, or another one that the environment names. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const isMissing = !existsSync(executablePath) && !process.env['CI'];

/** A suite that needs a browser. Where a developer has none, it is skipped and says so; CI has to have one. */
export const describeInBrowser: SuiteAPI['skip'] | SuiteAPI = isMissing ? describe.skip : describe;

if (isMissing)
  console.warn(
    `The tests in a browser are skipped: there is no ${executablePath}. Install Chromium (apt-get install chromium), or say where it is: CHROMIUM=<path>.`,
  );

/** Starts it, with nothing in it that was there before. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // Root, as CI is, may have no sandbox; nothing but our own page is opened.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
