import { readFile } from 'node:fs/promises';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { describeInBrowser, launchBrowser } from './browser.ts';
import { openSite, type Site } from './open-site.ts';

const patient = { timeout: 30_000 };

/** What a review in a real browser has found. */
describeInBrowser('the page tells the truth', { timeout: 90_000, concurrent: true }, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);

  afterAll(() => browser.close());

  const text = (locator: Locator): Promise<string> => locator.innerText(patient);

  /** Where it is on the screen. */
  const placeOf = async (locator: Locator): Promise<{ top: number; bottom: number }> => {
    const box = await locator.boundingBox();
    return { top: box?.y ?? NaN, bottom: (box?.y ?? NaN) + (box?.height ?? NaN) };
  };

  /** Does over HTTP what the command line does. */
  const typeFromATerminal = async ({ page }: Site): Promise<void> => {
    await page.getByRole('radio', { name: 'Terminal' }).check();
    const code = page.getByRole('region', { name: 'Code', exact: true });
    await code.filter({ hasText: 'keep imessage' }).waitFor(patient);
    const lines = await text(code);
    const said = (pattern: RegExp): string => pattern.exec(lines)?.[1] ?? '';
    const chatId = said(/keep imessage --chat-id (\S+)/);
    await fetch(`${said(/LINQ_API_BASE_URL=(\S+)/)}/v3/chats/${chatId}/typing`, {
      method: 'POST',
      headers: { authorization: `Bearer ${said(/LINQ_API_KEY=(\S+)/)}` },
    });
  };

  test('a chat that fell asleep says why nothing is seen, whoever typed, and that it is Inactive now', async ({
    expect,
  }) => {
    await using site = await openSite(browser);
    const { imessage } = site;
    await fetch(`${site.simulatorControlUrl}/clock/advance`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ milliseconds: 6 * 60_000 }),
    });
    await typeFromATerminal(site);
    await expect
      .poll(() => text(imessage.seen), patient)
      .toBe('nothing: accepted, but no message of ours for 5 minutes');
    const kind = (name: string): Locator => imessage.card.getByRole('radio', { name, exact: true });
    await expect.poll(() => kind('Inactive').isChecked(), patient).toBe(true);
    await imessage.choose('Active');
    await expect.poll(() => text(imessage.seen), patient).toBe('nothing');
    await expect.poll(() => kind('Active').isChecked(), patient).toBe(true);
  });

  test('a start that failed is told of, and diagnose does not promise that the next one is seen', async ({
    expect,
  }) => {
    await using site = await openSite(browser);
    const { imessage } = site;
    await imessage.choose('500');
    await imessage.write('Hello?');
    await expect.poll(() => text(imessage.seen), patient).toBe('nothing: the last start got 500');
    await imessage.card.getByRole('button', { name: /Why/ }).click();
    await expect
      .poll(() => text(imessage.diagnosis), patient)
      .toContain('It is unknown whether a start would be seen.');
  });

  test.for([1280, 360])(
    'a server that ends stops everything in one state, and keeps what was typed, at %i pixels',
    async (width, { expect }) => {
      await using site = await openSite(browser, { viewport: { width, height: 780 } });
      const { page, imessage } = site;
      await site.set({ thinkSeconds: 60, speed: '1×' });
      await imessage.write('Hello?');
      await imessage.bubble.waitFor(patient);
      await site.end();
      await expect.poll(() => text(page.getByTestId('connection')), patient).toBe('Ended');
      const notice = page.getByRole('alert');
      expect(await text(notice)).toContain('The playground has ended');
      expect(await imessage.bubble.count()).toBe(0);
      expect(await text(imessage.seen)).toBe('nobody knows: the playground has ended');
      await imessage.write('Are you there?');
      await page.waitForFunction(() => document.querySelectorAll('[role=alert]').length === 1);
      expect(await imessage.textbox.inputValue()).toBe('Are you there?');
      expect(await page.getByText('Live', { exact: true }).count()).toBe(0);
      // It is seen from where one writes.
      const { top, bottom } = await placeOf(notice);
      expect([top >= 0, bottom <= 780]).toEqual([true, true]);
    },
  );

  test.for([1280, 360])(
    'nothing jumps when a fault fires, at %i pixels',
    async (width, { expect }) => {
      await using site = await openSite(browser, { viewport: { width, height: 800 } });
      const { page, imessage, linkedin } = site;
      await site.set({ thinkSeconds: 60, speed: '1×' });
      const places = async (): Promise<readonly unknown[]> =>
        Promise.all(
          [imessage.card, linkedin.card, page.locator('#timeline'), page.locator('#engine')].map(
            async (part) => {
              const { top } = await placeOf(part);
              return Math.round(top + (await page.evaluate(() => scrollY)));
            },
          ),
        );
      const before = await places();
      for (const [option, code] of [
        ['429', 'rate-limited'],
        ['500', 'unavailable'],
        ['Wrong key', 'unauthenticated'],
      ] as const) {
        await imessage.choose('Nothing');
        await site.page.getByRole('button', { name: 'Start over' }).click();
        await expect.poll(() => imessage.messages.count(), patient).toBe(1);
        await imessage.choose(option);
        expect([option, await places()]).toEqual([option, before]);
        await imessage.write('Hello?');
        await expect.poll(() => text(imessage.verdict), patient).toContain(code);
        expect([option, await places()]).toEqual([option, before]);
      }
    },
  );

  test('the timeline is above the fold at 1280 by 800', async ({ expect }) => {
    await using site = await openSite(browser, { viewport: { width: 1280, height: 800 } });
    const { bottom } = await placeOf(site.page.locator('.timeline svg'));
    expect(bottom).toBeLessThanOrEqual(800);
  });

  test('on a phone the timeline is one touch away, wherever one is', async ({ expect }) => {
    await using site = await openSite(browser, { viewport: { width: 360, height: 780 } });
    const { page } = site;
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.getByRole('navigation').getByRole('link', { name: 'Timeline' }).click();
    const isInSight = async (): Promise<boolean> => {
      const { top, bottom } = await placeOf(page.locator('.timeline svg'));
      return top >= 0 && bottom <= 780;
    };
    await expect.poll(isInSight, patient).toBe(true);
  });

  test('every mark that is drawn is in the legend', async ({ expect }) => {
    await using site = await openSite(browser);
    const { page, imessage } = site;
    await imessage.card.getByRole('button', { name: /Why/ }).click();
    await page
      .locator('.tracks .mark.is-question')
      .first()
      .waitFor({ state: 'attached', ...patient });
    expect(await page.locator('.legend .mark.is-question').count()).toBe(1);
  });

  test('a verdict goes with what it was about', async ({ expect }) => {
    await using site = await openSite(browser);
    const { imessage } = site;
    await site.set({ thinkSeconds: 4, speed: '1×' });
    await imessage.choose('500');
    await imessage.write('Hello?');
    await expect.poll(() => text(imessage.verdict), patient).toContain('unavailable');
    await imessage.messages.filter({ hasText: 'Here is what I found.' }).first().waitFor(patient);
    await imessage.choose('Nothing');
    await expect.poll(() => imessage.verdict.count(), patient).toBe(0);
  });

  test('Retry-After says what it takes, and a wrong one is not sent', async ({ expect }) => {
    await using site = await openSite(browser);
    const { page, imessage } = site;
    await imessage.choose('429');
    const field = imessage.card.getByRole('spinbutton', { name: /Retry-After/ });
    await field.fill('999');
    await field.press('Tab');
    await imessage.card.getByText('a whole number of seconds, 1 to 300').waitFor(patient);
    expect(await page.getByRole('alert').count()).toBe(0);
    await field.fill('20');
    await field.press('Tab');
    await expect
      .poll(() => imessage.card.getByText('a whole number of seconds, 1 to 300').count(), patient)
      .toBe(0);
  });

  test('one can look back at any moment, and step from one to the next', async ({ expect }) => {
    await using site = await openSite(browser);
    const { page, imessage } = site;
    await site.set({ thinkSeconds: 3, speed: '1×' });
    await imessage.write('Hello?');
    await imessage.messages.filter({ hasText: 'Here is what I found.' }).first().waitFor(patient);
    expect(await imessage.bubble.count()).toBe(0);
    const back = page.getByRole('button', { name: 'Step back' });
    const moment = page.getByRole('slider', { name: 'Moment' });
    for (let steps = 0; steps < 8 && (await imessage.bubble.count()) === 0; steps += 1) {
      const before = await moment.inputValue();
      await back.click();
      await expect.poll(() => moment.inputValue(), patient).not.toBe(before);
    }
    await imessage.bubble.waitFor(patient);
    expect(await imessage.messages.filter({ hasText: 'Here is' }).count()).toBe(0);
    const began = await moment.getAttribute('min');
    await moment.fill(String(began));
    await expect.poll(() => imessage.bubble.count(), patient).toBe(0);
    await page.getByRole('button', { name: 'Step on' }).click();
    await expect.poll(() => moment.inputValue(), patient).not.toBe(began);
    await page.getByRole('button', { name: 'Now' }).click();
    await imessage.messages.filter({ hasText: 'Here is' }).first().waitFor(patient);
    expect(site.complaints).toEqual([]);
  });

  test('a mark shows its request and its answer, to the pointer and to the keyboard', async ({
    expect,
  }) => {
    await using site = await openSite(browser);
    const { page, imessage } = site;
    await site.set({ thinkSeconds: 60, speed: '1×' });
    await imessage.write('Hello?');
    const mark = page.locator('.tracks.is-imessage .mark.is-start').first();
    await mark.waitFor({ state: 'attached', ...patient });
    const detail = page.getByTestId('request-detail');
    await mark.hover();
    await expect.poll(() => text(detail), patient).toMatch(/iMessage: POST \/\S+\/typing.* → 204$/);
    await page.reload();
    await page.locator('.tracks.is-imessage .mark.is-start').first().waitFor({ state: 'attached' });
    await page.getByRole('group', { name: /arrow keys/ }).focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => text(detail), patient).toMatch(/iMessage: POST .* → 204$/);
  });

  test('the address tells the scene, so that it can be shared', async ({ expect }) => {
    await using site = await openSite(browser);
    const { page, imessage } = site;
    await imessage.choose('SMS');
    await site.linkedin.choose('429');
    await expect.poll(() => page.url(), patient).toContain('trouble.linkedin=rate-limited');
    const shared = new URL(page.url()).search;
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect.poll(() => new URL(page.url()).search, patient).toBe('');
    await page.goto(`${site.url}${shared}`);
    const isOn = (name: string): Promise<boolean> =>
      imessage.card.getByRole('radio', { name, exact: true }).isChecked();
    await expect.poll(() => isOn('SMS'), patient).toBe(true);
    expect(new URL(page.url()).search).toBe(shared);
    await page.goto(`${site.url}?trouble.imessage=gremlins`);
    await expect.poll(() => text(page.getByRole('alert')), patient).toContain('trouble.imessage');
  });

  test('a scene is saved as SVG, and as JSON that can be replayed', async ({ expect }) => {
    await using site = await openSite(browser);
    const { page, imessage } = site;
    await site.set({ thinkSeconds: 2, speed: '1×' });
    await imessage.write('Hello?');
    await imessage.messages.filter({ hasText: 'Here is what I found.' }).first().waitFor(patient);
    const saved = async (name: string): Promise<string> => {
      const download = page.waitForEvent('download', patient);
      await page.getByRole('button', { name }).click();
      return readFile(await (await download).path(), 'utf8');
    };
    const picture = await saved('Save as SVG');
    expect(picture).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(picture).toContain('iMessage');
    const json = await saved('Save as JSON');
    expect(JSON.parse(json)).toMatchObject({ tracks: [{ id: 'imessage' }, { id: 'linkedin' }] });

    await page.getByRole('button', { name: 'Start over' }).click();
    await expect.poll(() => page.locator('.tracks .mark').count(), patient).toBe(0);
    const field = page.getByLabel('Replay a file');
    const file = { name: 'typingkit.json', mimeType: 'application/json' };
    await field.setInputFiles({ ...file, buffer: Buffer.from(json) });
    await page.getByRole('heading', { name: 'Replay' }).waitFor(patient);
    await page
      .locator('.tracks.is-imessage .mark.is-start')
      .waitFor({ state: 'attached', ...patient });
    await page.getByRole('button', { name: 'Back to the phones' }).click();
    await expect.poll(() => page.locator('.tracks .mark').count(), patient).toBe(0);
    await field.setInputFiles({ ...file, buffer: Buffer.from('{}') });
    await expect.poll(() => text(page.getByRole('alert')), patient).toContain('not a story');
    expect(site.complaints).toEqual([]);
  });

  test('time can be paused and stepped', async ({ expect }) => {
    await using site = await openSite(browser);
    const { page, imessage } = site;
    await site.set({ thinkSeconds: 60, speed: '1×' });
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Go on' }).waitFor(patient);
    await imessage.write('Hello?');
    await imessage.messages.filter({ hasText: 'Hello?' }).waitFor(patient);
    const step = page.getByRole('button', { name: 'Step 1 s' });
    await step.click();
    await imessage.bubble.waitFor(patient);
    const lasted = (): Promise<string> => text(imessage.seen);
    await expect.poll(lasted, patient).toMatch(/“typing…” for [01]\.\d s/);
    const before = await lasted();
    await step.click();
    await expect.poll(lasted, patient).not.toBe(before);
  });
});
