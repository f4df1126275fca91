import { connectSafely, telegram } from 'typingkit';
import { describe, expect, it } from 'vitest';
import { schedule } from '../src/schedule.ts';

/** How much earlier than planned a refresh may come. */
const jitter = 0.1;
const { refreshMs = 0, minIntervalMs } = connectSafely({ apiKey: 'key' }).capabilities;
const { outage, pauseMs, personCeasesMs } = schedule;
const { refreshMs: telegramRefreshMs = 0, minIntervalMs: telegramIntervalMs } = telegram({
  botToken: '42:key',
}).capabilities;
const [thinkMs] = schedule.thinkMs.linkedin;
const [firstMs, secondMs] = schedule.thinkMs.imessage;

describe('The schedule of the demo', () => {
  it('leaves half of the 20 seconds that it may take to the start of its processes', () => {
    const { live } = schedule.thinkMs;
    const { beginsMs, thinkMs: thoughts } = schedule;
    const imessageMs = personCeasesMs + secondMs;
    const telegramMs = beginsMs.telegram + thoughts.telegram[0];
    const slackMs = beginsMs.slack + thoughts.slack[0];
    expect(Math.max(thinkMs, imessageMs, telegramMs, slackMs, live)).toBeLessThanOrEqual(10_000);
  });

  it('puts the refresh of LinkedIn into the outage, with a second to spare on either side', () => {
    expect(outage.fromMs).toBeLessThanOrEqual(refreshMs * (1 - jitter) - 1_000);
    expect(outage.toMs).toBeGreaterThanOrEqual(refreshMs + 1_000);
  });

  it('puts the next one between the outage and the message, with a second to spare', () => {
    const earliestMs = refreshMs * (1 - jitter) + minIntervalMs;
    const latestMs = refreshMs + minIntervalMs;
    expect(outage.toMs).toBeLessThanOrEqual(earliestMs - 1_000);
    expect(thinkMs).toBeGreaterThanOrEqual(latestMs + 1_000);
  });

  it('lets Telegram try again twice in the outage, and not a third time: it would rest for 30 s', () => {
    const { telegram: beginsMs } = schedule.beginsMs;
    const earliestMs = beginsMs + telegramRefreshMs * (1 - jitter);
    const latestMs = beginsMs + telegramRefreshMs;
    expect(outage.fromMs).toBeLessThanOrEqual(earliestMs - 1_000);
    expect(outage.toMs).toBeGreaterThanOrEqual(latestMs + 1_000);
    expect(outage.toMs).toBeLessThan(earliestMs + 2 * telegramIntervalMs);
    expect(beginsMs + schedule.thinkMs.telegram[0]).toBeGreaterThanOrEqual(
      latestMs + 2 * telegramIntervalMs + 1_000,
    );
  });

  it('lets Slack say what the bot does before the outage', () => {
    expect(schedule.beginsMs.slack + schedule.searchesMs).toBeLessThan(outage.fromMs);
  });

  it('keeps the iMessage bubble out of the outage, with a second to spare before its second message', () => {
    expect(firstMs).toBeLessThan(outage.fromMs);
    expect(personCeasesMs).toBeGreaterThanOrEqual(outage.toMs + 1_000);
  });

  it('lets the person type for a second and more before the bot has more to say, and after', () => {
    expect(pauseMs).toBeGreaterThanOrEqual(1_000);
    expect(personCeasesMs).toBeGreaterThanOrEqual(firstMs + pauseMs + 1_000);
  });
});
