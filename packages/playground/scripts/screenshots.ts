import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { startPlayground } from '../src/index.ts';
import { findChromium } from '../../../test/browser/chromium.ts';
import { launchChromium } from '../../../test/browser/launch-chromium.ts';

/** Makes the pictures of the documentation from the real page: `pnpm screenshots`. */

const folder = fileURLToPath(new URL('../../../docs/pictures', import.meta.url));

const wide = { viewport: { width: 1320, height: 1140 }, deviceScaleFactor: 1.5 };
const narrow = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2 };

interface Picture {
  readonly file: string;
  readonly context: BrowserContextOptions;
  /** What to bring into view first. */
  readonly from?: (page: Page) => Locator;
}

const pictures: readonly Picture[] = [
  { file: 'playground-light.png', context: { ...wide, colorScheme: 'light' } },
  { file: 'playground-dark.png', context: { ...wide, colorScheme: 'dark' } },
  {
    file: 'playground-phone-light.png',
    context: { ...narrow, colorScheme: 'light' },
    from: (page) => page.getByRole('article', { name: 'iMessage' }),
  },
  {
    file: 'playground-phone-dark.png',
    context: { ...narrow, colorScheme: 'dark' },
    from: (page) => page.getByRole('heading', { name: 'Timeline' }),
  },
];

async function write(phone: Locator, text: string): Promise<void> {
  await phone.getByRole('textbox').fill(text);
  await phone.getByRole('textbox').press('Enter');
}

function answers(phone: Locator): Locator {
  return phone.getByRole('log').getByText('Here is what I found');
}

/** A story: both are answered, LinkedIn's vendor then asks to wait, and the bot works on. */
async function play(page: Page): Promise<void> {
  const imessage = page.getByRole('article', { name: 'iMessage' });
  const linkedin = page.getByRole('article', { name: 'LinkedIn' });

  await page.getByRole('radio', { name: '5×' }).check();
  await page.getByRole('slider', { name: /Thinks/ }).fill('14');
  await page.getByRole('radio', { name: 'Short' }).check();
  await write(imessage, 'Where is my order?');
  await write(linkedin, 'Can we meet?');
  await answers(imessage).waitFor();
  await answers(linkedin).waitFor();

  await page.getByRole('slider', { name: /Thinks/ }).fill('60');
  await write(linkedin, 'On Tuesday?');
  await write(imessage, 'And the invoice?');
  await page.locator('.tracks.is-linkedin .mark.is-refresh').nth(3).waitFor({ state: 'attached' });
  await linkedin.getByRole('radio', { name: '429' }).check();
  await page
    .getByTestId('linkedin-verdict')
    .getByText(/Waiting · \d+ s/)
    .waitFor();
  await linkedin.getByRole('button', { name: /Why/ }).click();
  await page.getByTestId('linkedin-diagnosis').getByText('A start').waitFor();
  await page.getByRole('radio', { name: '5×' }).blur();
}

async function take(browser: Browser, { file, context, from }: Picture): Promise<void> {
  await using playground = await startPlayground();
  const opened = await browser.newContext(context);
  const page = await opened.newPage();
  await page.goto(playground.url);
  await play(page);
  // To be found, things were scrolled into view.
  await page.evaluate(() => scrollTo(0, 0));
  await from?.(page).evaluate((element) => element.scrollIntoView());
  await page.screenshot({ path: join(folder, file) });
  await opened.close();
  console.log(join('docs/pictures', file));
}

await mkdir(folder, { recursive: true });
const browser = await launchChromium(await findChromium());
try {
  for (const picture of pictures) await take(browser, picture);
} finally {
  await browser.close();
}
