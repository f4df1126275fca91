import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { describeInBrowser, launchBrowser } from './browser.ts';
import { openSite, type PhoneOnPage, type Site } from './open-site.ts';

const patient = { timeout: 20_000 };

describeInBrowser('the playground in a browser', { timeout: 60_000, concurrent: true }, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);

  afterAll(() => browser.close());

  const text = (locator: Locator): Promise<string> => locator.innerText(patient);

  /** The bot has answered, whatever the vendor did. */
  const hasAnswered = async ({ messages }: PhoneOnPage): Promise<void> => {
    await messages.filter({ hasText: 'Here is what I found.' }).first().waitFor(patient);
  };

  const marksOf = ({ page }: Site, phone: 'imessage' | 'linkedin', kind: string): Locator =>
    page.locator(`.tracks.is-${phone} .mark.is-${kind}`);

  test('a bubble appears while the bot thinks, and goes with its answer', async ({ expect }) => {
    await using site = await openSite(browser, { reducedMotion: 'no-preference' });
    const { imessage, linkedin } = site;
    await site.set({ thinkSeconds: 12, speed: '5×' });

    for (const phone of [imessage, linkedin]) {
      await phone.bubble.waitFor({ state: 'hidden' });
      await phone.write('Where is my order?');
      await phone.bubble.waitFor(patient);
      await expect.poll(() => text(phone.seen), patient).toContain('“typing…”');
      await expect.poll(() => text(phone.sessions), patient).toBe('1 session, active');
      await hasAnswered(phone);
      await phone.bubble.waitFor({ state: 'hidden', ...patient });
      await expect.poll(() => text(phone.seen), patient).toBe('nothing');
      await expect.poll(() => text(phone.sessions), patient).toBe('no session');
    }
    expect(site.complaints).toEqual([]);
  });

  test('a person picks which phone is on which side', async ({ expect }) => {
    await using site = await openSite(browser);
    const { page } = site;
    const names = (): Promise<readonly string[]> =>
      page.getByRole('article').getByRole('heading').allInnerTexts();
    await expect.poll(names, patient).toEqual(['iMessage', 'LinkedIn']);
    await page.getByLabel('Left phone').selectOption('LinkedIn');
    await expect.poll(names, patient).toEqual(['LinkedIn', 'iMessage']);
    await expect.poll(() => page.getByLabel('Right phone').inputValue(), patient).toBe('imessage');
    expect(site.complaints).toEqual([]);
  });

  test('a vendor that shows a text shows it in place of the dots', async ({ expect }) => {
    await using site = await openSite(browser);
    const { page } = site;
    await page.getByLabel('Right phone').selectOption('Slack');
    await site.set({ thinkSeconds: 60, speed: '1×' });
    const textbox = page.getByRole('article', { name: 'Slack' }).getByRole('textbox');
    await textbox.fill('Where is my order?');
    await textbox.press('Enter');
    const bubble = page.getByTestId('slack-bubble');
    await expect.poll(() => text(bubble), patient).toBe('Ada’s bot is typing…');
    await expect.poll(() => text(page.getByTestId('slack-seen'))).toContain('“is typing…”');
    expect(site.complaints).toEqual([]);
  });

  test.for([
    ['Telegram', 'telegram', '.phone-contact', 'typing'],
    ['Discord', 'discord', '.transcript', 'Ada’s bot is typing…'],
  ] as const)('%s types as its app shows it', async ([name, channel, place, words], { expect }) => {
    await using site = await openSite(browser);
    const { page } = site;
    await page.getByLabel('Right phone').selectOption(name);
    await site.set({ thinkSeconds: 60, speed: '1×' });
    const card = page.getByRole('article', { name });
    await card.getByRole('textbox').fill('Where is my order?');
    await card.getByRole('textbox').press('Enter');
    const bubble = card.locator(place).getByTestId(`${channel}-bubble`);
    await expect.poll(() => text(bubble), patient).toBe(words);
    expect(site.complaints).toEqual([]);
  });

  test('a gateway that tells who types tells the bot', async ({ expect }) => {
    await using site = await openSite(browser);
    const { page } = site;
    await page.getByLabel('Right phone').selectOption('Discord');
    await page.getByRole('article', { name: 'Discord' }).getByRole('textbox').fill('Where is');
    const peer = page.getByTestId('discord-peer');
    await expect.poll(() => text(peer), patient).toBe('“typing…”, by the gateway');
  });

  test('the timeline draws starts, refreshes, messages and what was seen', async ({ expect }) => {
    await using site = await openSite(browser);
    await site.set({ thinkSeconds: 7, speed: '1×' });
    await site.linkedin.write('Hello?');
    await hasAnswered(site.linkedin);

    for (const kind of ['start', 'refresh', 'message'])
      await expect.poll(() => marksOf(site, 'linkedin', kind).count(), patient).toBe(1);
    expect(await site.page.locator('.tracks.is-linkedin .bar.is-bubble').count()).toBeGreaterThan(
      0,
    );

    await site.page.getByText('Show as a table').click();
    const rows = site.page.getByRole('region', { name: 'Timeline as a table' }).getByRole('row');
    await rows.filter({ hasText: 'Message: 200' }).waitFor(patient);
    await rows.filter({ hasText: 'Refresh: 200' }).first().waitFor(patient);
    await rows.filter({ hasText: 'is on the screen' }).first().waitFor(patient);
  });

  test('a streamed answer comes sentence by sentence, and the bubble comes back in between', async ({
    expect,
  }) => {
    await using site = await openSite(browser);
    await site.set({ thinkSeconds: 2, speed: '1×' });
    await site.page.getByRole('radio', { name: 'Streamed' }).check();
    await site.page.getByRole('slider', { name: /Writes/ }).fill('100');
    await site.imessage.write('Tell me all.');
    await hasAnswered(site.imessage);
    await site.imessage.bubble.waitFor(patient);
    await site.imessage.messages
      .filter({ hasText: 'A message clears the bubble' })
      .waitFor(patient);
    expect(await marksOf(site, 'imessage', 'message').count()).toBe(3);
  });

  test.for<[option: string, code: string, row: string]>([
    ['Wrong key', 'unauthenticated', 'suspends-credential'],
    ['429', 'rate-limited', 'waits'],
    ['500', 'unavailable', 'counts-toward-circuit'],
    ['Hang', 'timeout', 'counts-toward-circuit'],
    ['Reset', 'network', 'counts-toward-circuit'],
  ])(
    '%s shows %s, and the row of the policy that answers it',
    async ([option, code, row], { expect }) => {
      await using site = await openSite(browser);
      // A hang ends with a time-out, which is real time.
      await site.set({ thinkSeconds: option === 'Hang' ? 25 : 8, speed: '5×' });
      for (const phone of [site.imessage, site.linkedin]) {
        await phone.choose(option);
        await phone.write('Hello?');
      }
      for (const phone of [site.imessage, site.linkedin])
        await expect.poll(() => text(phone.verdict), patient).toContain(code);
      await site.page.locator(`[data-testid="policy-${row}"].is-newest`).waitFor(patient);
      expect(await marksOf(site, 'imessage', 'failure').count()).toBeGreaterThan(0);
      for (const phone of [site.imessage, site.linkedin]) {
        await hasAnswered(phone);
        expect(await phone.bubble.count()).toBe(0);
      }
      expect(site.complaints).toEqual([]);
    },
  );

  test('a 429 is heeded for as long as its Retry-After says', async ({ expect }) => {
    await using site = await openSite(browser);
    const { imessage } = site;
    await site.set({ thinkSeconds: 120, speed: '1×' });
    await imessage.choose('429');
    await imessage.card.getByRole('spinbutton', { name: /Retry-After/ }).fill('20');
    await imessage.card.getByRole('spinbutton').press('Tab');
    await imessage.write('Hello?');
    // The page's own time lags behind on a busy machine, so what it shows first may be more.
    const secondsLeft = async (): Promise<number> =>
      Number(/Waiting · (\d+) s/.exec(await text(imessage.verdict))?.[1] ?? Infinity);
    await expect.poll(secondsLeft, patient).toBeLessThanOrEqual(20);
    await imessage.choose('Nothing');
    await site.set({ thinkSeconds: 120, speed: '5×' });
    await imessage.bubble.waitFor(patient);
    expect(await marksOf(site, 'imessage', 'failure').count()).toBe(1);
  });

  test.for<[chat: string, because: string]>([
    ['Inactive', 'no message of ours for 5 minutes'],
    ['SMS', 'SMS has no indicator'],
  ])(
    'a chat that is %s stays dark although the vendor accepts',
    async ([chat, because], { expect }) => {
      await using site = await openSite(browser);
      const { imessage } = site;
      await site.set({ thinkSeconds: 60, speed: '1×' });
      await imessage.choose(chat);
      await imessage.write('Hello?');
      await expect.poll(() => text(imessage.seen), patient).toContain(because);
      await marksOf(site, 'imessage', 'dark')
        .first()
        .waitFor({ state: 'attached', ...patient });
      expect(await imessage.bubble.count()).toBe(0);
    },
  );

  test('a group is refused in the era of July, and typed in since August', async ({ expect }) => {
    await using site = await openSite(browser);
    const { imessage } = site;
    await site.set({ thinkSeconds: 8, speed: '5×' });
    await imessage.choose('July');
    await imessage.choose('Group');
    await imessage.write('Hello all?');
    await expect.poll(() => text(imessage.verdict), patient).toContain('End the session');
    await hasAnswered(imessage);
    await imessage.choose('August');
    await imessage.write('And now?');
    await imessage.bubble.waitFor(patient);
  });

  test('an inactive chat was awake in April, where what the person writes counts', async ({
    expect,
  }) => {
    await using site = await openSite(browser);
    await site.set({ thinkSeconds: 10, speed: '1×' });
    await site.imessage.choose('April');
    await site.imessage.choose('Inactive');
    await site.imessage.write('Hello?');
    await expect.poll(() => text(site.imessage.seen), patient).toContain('“typing…”');
  });

  test('the bot sees the person type on iMessage, and never on LinkedIn', async ({ expect }) => {
    await using site = await openSite(browser);
    const { imessage, linkedin } = site;
    await imessage.textbox.pressSequentially('Well');
    await expect.poll(() => text(imessage.peer), patient).toContain('by signed webhook');
    await imessage.textbox.fill('');
    await expect.poll(() => text(imessage.peer), patient).toBe('nothing');
    await linkedin.textbox.pressSequentially('Well');
    await expect.poll(() => text(linkedin.peer), patient).toContain('does not report it');
  });

  test('diagnose says why nothing is seen', async ({ expect }) => {
    await using site = await openSite(browser);
    const { imessage } = site;
    await imessage.card.getByRole('button', { name: /Why/ }).click();
    await expect.poll(() => text(imessage.diagnosis), patient).toContain('would be seen');
    await imessage.choose('SMS');
    // What was said of the chat before is said no more.
    await expect.poll(() => text(imessage.diagnosis), patient).toBe('');
    await imessage.card.getByRole('button', { name: /Why/ }).click();
    await expect.poll(() => text(imessage.diagnosis), patient).toContain('would not be seen');
    expect(await text(imessage.diagnosis)).toContain('service');
  });

  test('what stands there for a terminal types in the chat that is on the phone, also in the next one', async ({
    expect,
  }) => {
    await using site = await openSite(browser);
    const { page, imessage } = site;
    await page.getByRole('radio', { name: 'Terminal' }).check();
    const code = page.getByRole('region', { name: 'Code', exact: true });
    /** Does over HTTP what the command line does. */
    const typeAsItSays = async (): Promise<string> => {
      const lines = await text(code);
      const said = (pattern: RegExp): string => pattern.exec(lines)?.[1] ?? '';
      const chatId = said(/keep imessage --chat-id (\S+)/);
      const url = `${said(/LINQ_API_BASE_URL=(\S+)/)}/v3/chats/${chatId}/typing`;
      const headers = { authorization: `Bearer ${said(/LINQ_API_KEY=(\S+)/)}` };
      expect((await fetch(url, { method: 'POST', headers })).status).toBe(204);
      await imessage.bubble.waitFor(patient);
      return chatId;
    };
    const first = await typeAsItSays();
    await imessage.choose('Group');
    await expect.poll(() => text(code), patient).not.toContain(first);
    expect(await typeAsItSays()).not.toBe(first);
    await page.getByRole('radio', { name: 'LinkedIn' }).check();
    await expect
      .poll(() => text(code), patient)
      .toMatch(/keep linkedin --conversation-urn 'urn:li:msg_conversation:\(.+\)' --for/);
  });

  test('the code on the screen follows the switches, and can be copied', async ({ expect }) => {
    await using site = await openSite(browser, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const { page } = site;
    const code = page.getByRole('region', { name: 'Code', exact: true });
    expect(await text(code)).not.toContain('for await');
    await page.getByRole('radio', { name: 'Streamed' }).check();
    await expect.poll(() => text(code), patient).toContain('for await');
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied').waitFor(patient);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("withTyping('imessage', { chatId }");
  });

  test('starting anew forgets everything', async ({ expect }) => {
    await using site = await openSite(browser);
    await site.imessage.choose('500');
    await site.imessage.write('Hello?');
    await expect.poll(() => text(site.imessage.verdict), patient).toContain('unavailable');
    await site.page.getByRole('button', { name: 'Start over' }).click();
    await expect.poll(() => site.imessage.messages.count(), patient).toBe(1);
    expect(await site.imessage.card.getByRole('radio', { name: '500' }).isChecked()).toBe(false);
    expect(await site.imessage.verdict.count()).toBe(0);
  });

  test('two pages show the same', async ({ expect }) => {
    await using site = await openSite(browser);
    const other = await site.page.context().newPage();
    await other.goto(site.url);
    await site.set({ thinkSeconds: 30, speed: '1×' });
    await site.imessage.write('Hello?');
    await expect.poll(() => other.getByTestId('imessage-bubble').count(), patient).toBe(1);
  });
});
