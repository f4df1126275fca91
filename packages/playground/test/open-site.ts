import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { startPlayground } from '../src/index.ts';

/** A playground of its own, open in a browser. */
export interface Site extends AsyncDisposable {
  readonly page: Page;
  readonly url: string;
  readonly simulatorControlUrl: string;
  /** Ends the server, and leaves the page. */
  readonly end: () => Promise<void>;
  readonly imessage: PhoneOnPage;
  readonly linkedin: PhoneOnPage;
  /** What the page complained of. */
  readonly complaints: readonly string[];
  /** Lets the bot think so long, and time go so fast. */
  readonly set: (bot: {
    readonly thinkSeconds: number;
    readonly speed: '1×' | '5×' | '20×';
  }) => Promise<void>;
}

/** One phone and what is beside it. */
export interface PhoneOnPage {
  readonly card: Locator;
  readonly bubble: Locator;
  readonly seen: Locator;
  readonly peer: Locator;
  readonly sessions: Locator;
  readonly verdict: Locator;
  readonly diagnosis: Locator;
  readonly messages: Locator;
  readonly textbox: Locator;
  readonly write: (text: string) => Promise<void>;
  readonly choose: (option: string) => Promise<void>;
}

export async function openSite(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Site> {
  const playground = await startPlayground();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(playground.url)) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(playground.url);
  await page.getByRole('article').first().waitFor();
  return {
    page,
    url: playground.url,
    simulatorControlUrl: playground.simulatorControlUrl,
    end: () => playground.close(),
    imessage: phoneOn(page, 'imessage', 'iMessage'),
    linkedin: phoneOn(page, 'linkedin', 'LinkedIn'),
    complaints,
    async set({ thinkSeconds, speed }) {
      await page.getByRole('radio', { name: speed, exact: true }).check();
      await page.getByRole('slider', { name: /Thinks/ }).fill(String(thinkSeconds));
    },
    async [Symbol.asyncDispose]() {
      await context.close();
      await playground.close();
    },
  };
}

function phoneOn(page: Page, id: string, name: string): PhoneOnPage {
  const card = page.getByRole('article', { name });
  const textbox = card.getByRole('textbox');
  return {
    card,
    bubble: page.getByTestId(`${id}-bubble`),
    seen: page.getByTestId(`${id}-seen`),
    peer: page.getByTestId(`${id}-peer`),
    sessions: page.getByTestId(`${id}-sessions`),
    verdict: page.getByTestId(`${id}-verdict`),
    diagnosis: page.getByTestId(`${id}-diagnosis`),
    messages: card.getByRole('log').getByRole('listitem'),
    textbox,
    async write(text) {
      await textbox.fill(text);
      await textbox.press('Enter');
    },
    choose: (option) => card.getByRole('radio', { name: option, exact: true }).check(),
  };
}
