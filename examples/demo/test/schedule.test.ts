import { connectSafely } from 'typingkit';
import { describe, expect, it } from 'vitest';
import { schedule } from '../src/schedule.ts';

/** How much earlier than planned a refresh may come. */
const jitter = 0.1;
const { refreshMs = 0, minIntervalMs } = connectSafely({ apiKey: 'key' }).capabilities;
const { outage, thinkMs } = schedule;

describe('The schedule of the demo', () => {
  it('leaves half of the 20 seconds that it may take to the start of its processes', () => {
    expect(thinkMs).toBeLessThanOrEqual(10_000);
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
});
