import { expect, test } from 'vitest';
import { firstSettings } from '../src/protocol/settings.ts';
import type { ScaledClock } from '../src/world/scaled-clock.ts';
import { think } from '../src/world/think.ts';

/** Runs at once, and notes how long each wait was. */
async function waitsOf(bot: Partial<typeof firstSettings.bot>): Promise<readonly number[]> {
  const waits: number[] = [];
  const clock: Pick<ScaledClock, 'sleep'> = {
    sleep: async (milliseconds) => void waits.push(milliseconds),
  };
  const { signal } = new AbortController();
  const answer = think(
    { ...firstSettings.bot, ...bot },
    // It only sleeps.
    clock as ScaledClock,
    signal,
  );
  for await (const _ of answer) waits.push(0);
  return waits.filter((waitMs) => waitMs > 0);
}

test('an answer that comes at once takes the thinking only', async () => {
  expect(await waitsOf({ thinkMs: 5_000 })).toEqual([5_000]);
});

test('a streamed answer takes the thinking first, and then what a person needs to write each sentence', async () => {
  const [thinking, ...gaps] = await waitsOf({ thinkMs: 1_000, streams: true, answer: 'long' });
  expect(thinking).toBe(1_000);
  expect(gaps).toHaveLength(6);
  // 72 characters are 14.4 words: 14.4 s at 60 words a minute.
  expect(Math.max(...gaps)).toBeGreaterThan(12_000);
});

test('however fast it writes, no bubble only flashes: one is back a second after a message', async () => {
  const [, ...gaps] = await waitsOf({
    thinkMs: 500,
    streams: true,
    answer: 'long',
    wordsPerMinute: 200,
  });
  for (const gapMs of gaps) expect(gapMs).toBeGreaterThanOrEqual(3_000);
});
