import { type Browser, chromium } from 'playwright-core';
import type { Chromium } from './chromium.ts';

/** Starts it, with nothing in it that was there before. */
export function launchChromium({ executablePath, env }: Chromium): Promise<Browser> {
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
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
