import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { channelRows, phoneChannels } from '../src/protocol/channels/channel-rows.ts';
import { describeInBrowser, launchBrowser } from './browser.ts';
import { openSite, type Site } from './open-site.ts';

const patient = { timeout: 20_000 };

describeInBrowser('everybody can use the playground', { timeout: 90_000, concurrent: true }, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);

  afterAll(() => browser.close());

  /** As much on the page as there can be: bubbles, a verdict, a diagnosis, events, the table. */
  const fill = async ({ page, imessage, linkedin, set }: Site): Promise<void> => {
    await set({ thinkSeconds: 60, speed: '1×' });
    await linkedin.choose('429');
    await imessage.write('Hello?');
    await linkedin.write('Hello?');
    await linkedin.verdict.waitFor(patient);
    await imessage.bubble.waitFor(patient);
    await linkedin.card.getByRole('button', { name: /Why/ }).click();
    await linkedin.diagnosis
      .getByText('A start')
      .or(linkedin.diagnosis.getByText('Nobody'))
      .waitFor(patient);
    await page.getByText('Show as a table').click();
    await page.getByRole('region', { name: 'Timeline as a table' }).waitFor(patient);
  };

  test.for<[scheme: 'light' | 'dark', width: number]>([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ])('axe finds nothing in %s at %i pixels', async ([colorScheme, width], { expect }) => {
    await using site = await openSite(browser, {
      colorScheme,
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
    });
    await fill(site);
    const { violations } = await new AxeBuilder({ page: site.page }).analyze();
    const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    expect(found).toEqual([]);
  });

  test.for(['light', 'dark'] as const)(
    'axe finds nothing on the phone of any channel in %s',
    { timeout: 240_000 },
    async (colorScheme, { expect }) => {
      await using site = await openSite(browser, { colorScheme });
      const { page } = site;
      await site.set({ thinkSeconds: 60, speed: '1×' });
      const looks = new Map(phoneChannels.map((channel) => [channelRows[channel].look, channel]));
      for (const channel of looks.values()) {
        const { name } = channelRows[channel];
        await page.getByLabel('Right phone').selectOption(name);
        const card = page.getByRole('article', { name });
        await card.getByRole('textbox').fill('Hello?');
        await card.getByRole('textbox').press('Enter');
        await page.getByTestId(`${channel}-bubble`).waitFor(patient);
        const { violations } = await new AxeBuilder({ page }).include('.phone').analyze();
        const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
        expect([channel, found]).toEqual([channel, []]);
      }
    },
  );

  test.for([360, 414, 768, 1280])(
    'nothing has to be scrolled sideways at %i pixels',
    async (width, { expect }) => {
      await using site = await openSite(browser, { viewport: { width, height: 800 } });
      await fill(site);
      const wide = await site.page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
      const policy = site.page.getByRole('region', { name: 'Failure policy' });
      const hiddenPx = await policy.evaluate((box) => box.scrollWidth - box.clientWidth);
      expect(hiddenPx).toBe(0);
    },
  );

  /** What has the focus, and whether one sees that. */
  const focused = (page: Page): Promise<{ name: string; isVisible: boolean }> =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (!element) return { name: 'nothing', isVisible: false };
      // The radio itself is transparent: what lies over it shows the focus.
      const shown = element.matches('.chip input') ? element.nextElementSibling : element;
      const { outlineStyle, outlineWidth } = getComputedStyle(shown ?? element);
      const label = element.getAttribute('aria-label') ?? element.closest('label')?.textContent;
      return {
        name: label ?? element.textContent ?? '',
        isVisible: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      };
    });

  test('everything can be reached with the keyboard, and one sees where one is', async ({
    expect,
  }) => {
    await using site = await openSite(browser);
    const { page } = site;
    const names: string[] = [];
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab');
      const { name, isVisible } = await focused(page);
      if (names.length > 0 && name === names[0]) break;
      if (await page.evaluate(() => document.activeElement === document.body)) break;
      names.push(name);
      expect([name, isVisible]).toEqual([name, true]);
    }
    expect(names[0]).toBe('Skip to the phones');
    expect(names).toEqual(
      expect.arrayContaining([
        'Start over',
        'Write to the bot on iMessage',
        'Write to the bot on LinkedIn',
        'Active',
        'August',
        'Nothing',
        'Why is nothing seen on iMessage?',
        'Copy',
      ]),
    );
  });

  test('the bot can be asked, and a trouble switched on, without a mouse', async ({ expect }) => {
    await using site = await openSite(browser);
    const { page, imessage } = site;
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // skips to the phones
    const tabTo = async (wanted: string): Promise<void> => {
      for (let steps = 0; steps < 40; steps += 1) {
        await page.keyboard.press('Tab');
        if ((await focused(page)).name === wanted) return;
      }
      throw new Error(`The keyboard does not get to ${wanted}.`);
    };
    await tabTo('Write to the bot on iMessage');
    await page.keyboard.type('Hello?');
    await page.keyboard.press('Enter');
    await imessage.bubble.waitFor(patient);
    await tabTo('Nothing');
    for (const _ of ['Wrong key', '429', '500']) await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => imessage.card.getByRole('radio', { name: '500' }).isChecked(), patient)
      .toBe(true);
  });

  test('nothing moves by itself for those who want less motion', async ({ expect }) => {
    await using site = await openSite(browser, { reducedMotion: 'reduce' });
    await site.set({ thinkSeconds: 60, speed: '1×' });
    await site.imessage.write('Hello?');
    await site.imessage.bubble.waitFor(patient);
    expect(await site.page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  test('the colours follow the system until somebody chooses', async ({ expect }) => {
    await using site = await openSite(browser, { colorScheme: 'dark' });
    const { page } = site;
    const background = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await background();
    await page.getByRole('button', { name: /Colours/ }).click();
    await expect.poll(background, patient).not.toBe(dark);
    await page.reload();
    await page.getByRole('article').first().waitFor();
    expect(await background()).not.toBe(dark);
  });

  test('a screen reader is told of the bubble', async ({ expect }) => {
    await using site = await openSite(browser);
    await site.set({ thinkSeconds: 60, speed: '1×' });
    await site.imessage.write('Hello?');
    const status = site.imessage.card.getByRole('status').filter({ hasText: 'The bot is typing…' });
    await expect.poll(() => status.count(), patient).toBe(1);
  });
});
