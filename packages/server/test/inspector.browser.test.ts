import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { createTyping, diagnosisOf, type Typing } from '@typingkit/core';
import { fakeProvider } from '@typingkit/testing/fake';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchChromium } from '../../../test/browser/launch-chromium.ts';
import { readStory } from '../../page-parts/src/story/read-story.ts';
import { inspect, type InspectOptions, type Inspector } from '../src/index.ts';

interface Target {
  readonly chatId: string;
}

const patient = { timeout: 30_000 };
const token = 'a-token-of-more-than-16-characters';
// What the set-up of the tests in a browser has found. Where it is none, it has said why.
const chromium = inject('chromium');

describe.skipIf(!chromium)('the inspector in a browser', { timeout: 120_000 }, () => {
  let browser: Browser;
  let inspector: Inspector;
  let page: Page;
  let typing: Typing<{ slack: Target; imessage: Target }>;
  const complaints: string[] = [];

  beforeAll(async () => {
    if (chromium) browser = await launchChromium(chromium);
  }, 60_000);

  afterAll(() => browser?.close());

  afterEach(async () => {
    await page.context().close();
    await typing.close({ deadlineMs: 100 });
    await inspector.close();
    const [complaint] = complaints.splice(0);
    if (complaint !== undefined) throw new Error(`The page complained: ${complaint}`);
  });

  /** A bot whose Slack key is refused, and whose iMessage works. */
  async function open(
    context: BrowserContextOptions = {},
    options: InspectOptions = {},
  ): Promise<void> {
    const slack = fakeProvider<Target>({ name: 'slack' });
    slack.failNext('unauthenticated', {
      times: 1_000,
      details: { status: 401, reason: 'the token is not valid', advice: 'Renew the token.' },
    });
    const imessage = fakeProvider<Target>({ name: 'linq', diagnosis: diagnosisOf([]) });
    typing = createTyping({ channels: { slack, imessage }, onEvent: () => {} });
    typing.keep('slack', { chatId: 'C1' }, { label: 'ticket 1' });
    typing.keep('imessage', { chatId: '+15551234567' }, { label: 'ticket 2' });
    inspector = await inspect(typing, options);
    const opened = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      ...context,
    });
    page = await opened.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(new URL(inspector.url).origin) && !url.startsWith('blob:'))
        complaints.push(`asked for ${url}`);
    });
    await page.goto(inspector.url);
  }

  const saved = async (kind: 'JSON' | 'SVG'): Promise<string> => {
    const download = page.waitForEvent('download', patient);
    await page.getByRole('button', { name: `Save as ${kind}` }).click(patient);
    return readFile(await (await download).path(), 'utf8');
  };
  /** How often something is on the page. */
  const count = (locator: Locator) => (): Promise<number> => locator.count();

  test('says in one sentence why a bot is silent, and what to do', async () => {
    await open();
    const sentence = 'slack refused the key (401), so nothing is sent with it until it works again';
    await page.getByTestId('rests').getByText(sentence).waitFor(patient);
    await expect
      .poll(count(page.getByTestId('rests').getByText('Renew the token.')), patient)
      .toBe(1);
  });

  test('diagnoses at a click', async () => {
    await open();
    await page
      .getByRole('row', { name: 'ticket 2' })
      .getByRole('button', { name: /Diagnose/ })
      .click(patient);
    await expect
      .poll(count(page.getByTestId('diagnosis').getByText('A start would be seen')), patient)
      .toBe(1);
  });

  test('draws what happened in a conversation, and saves it for a ticket', async () => {
    await open();
    await page.getByRole('row', { name: 'ticket 2' }).locator('.link').click(patient);
    await page.locator('.mark.is-start').first().waitFor(patient);
    const story = await saved('JSON');
    expect(JSON.parse(story)).toMatchObject({
      tracks: [{ turns: [{}], requests: [{ kind: 'start' }], bubbles: [{ toMs: null }] }],
    });
    // The playground can play it.
    expect(readStory(story).tracks).toHaveLength(1);
    const picture = await saved('SVG');
    expect(picture).toMatch(/^<svg[^>]*xmlns/);
    expect(story + picture).not.toContain('5551234567');
  });

  test('shows recipients only to those who ask', async () => {
    await open();
    await page.getByText('ticket 2').waitFor(patient);
    expect(await page.locator('body').innerText()).not.toContain('5551234567');
    await page.getByLabel('Show recipients').check(patient);
    await page
      .getByRole('button', { name: /5551234567/ })
      .first()
      .waitFor(patient);
  });

  test('follows what happens, and says when the server has gone', async () => {
    await open();
    await page.getByTestId('session-count').getByText('2 sessions').waitFor(patient);
    typing.keep('imessage', { chatId: '3' }, { label: 'ticket 3' });
    await page.getByText('ticket 3').waitFor(patient);
    await inspector.close();
    await expect
      .poll(count(page.getByRole('alert').getByText('The server does not answer.')), patient)
      .toBe(1);
  });

  test('asks for a token where there is one', async () => {
    await open({}, { tokens: [token] });
    await page.getByLabel(/wants a token/).fill(token, patient);
    await page.keyboard.press('Enter');
    await expect.poll(count(page.getByText('ticket 2')), patient).toBe(1);
  });

  test('stays usable with 100,000 sessions', async () => {
    await open();
    for (let index = 0; index < 100_000; index += 1)
      typing.keep('imessage', { chatId: `many ${index}` }, { delayMs: 600_000 });
    await page.getByTestId('session-count').getByText('100,002 sessions').waitFor(patient);
    await page.getByTestId('more').getByText('and 99,902 more').waitFor(patient);
    expect(await page.locator('tbody tr').count()).toBe(100);
    await page.getByRole('row', { name: 'ticket 1' }).locator('.link').click(patient);
    await page.getByRole('heading', { name: /^Conversation/ }).waitFor(patient);
  });

  test.for([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)('axe finds nothing in %s at %i pixels', async ([colorScheme, width]) => {
    await open({ colorScheme, viewport: { width, height: 800 } });
    await page.locator('.sessions .link').first().click(patient);
    await page.getByTestId('failures').waitFor(patient);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(width);
  });

  test('can be used without a mouse', async () => {
    await open();
    await page.getByText('ticket 2').waitFor(patient);
    const focused = (): Promise<string> =>
      page.evaluate(
        'document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? ""',
      );
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the sessions');
    await page.keyboard.press('Enter');
    const names: string[] = [];
    for (let steps = 0; steps < 12 && !names.at(-1)?.startsWith('Diagnose'); steps += 1) {
      await page.keyboard.press('Tab');
      names.push(await focused());
    }
    expect(names.at(-1)).toMatch(/^Diagnose/);
    await page.keyboard.press('Enter');
    await page
      .getByTestId('diagnosis')
      .getByRole('listitem')
      .or(page.getByText('A start would be seen'))
      .first()
      .waitFor(patient);
  });
});
