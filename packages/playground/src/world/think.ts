import { humanDelay } from '@typingkit/core';
import type { BotSettings } from '../protocol/settings.ts';
import type { ScaledClock } from './scaled-clock.ts';

const sentences = [
  'Here is what I found.',
  'One request says “typing…” for a while, and the next one goes out before it fades.',
  'A message clears the bubble, so no stop is sent after this one.',
  'If the vendor is slow, down or refuses, I still answer, and no later.',
  'Every mark on the timeline is a real HTTP request.',
  'Switch something off and ask me again.',
];
/** Below this the bubble, which takes a second to come back after a message, would only flash. */
const leastGapMs = 3_000;
const mostGapMs = 30_000;
const sentencesIn = { short: 1, medium: 3, long: 6 } as const;

/** Stands for a language model: thinks, then yields each message when it is there. */
export async function* think(
  bot: BotSettings,
  clock: ScaledClock,
  signal: AbortSignal,
): AsyncIterable<string> {
  const answer = sentences.slice(0, sentencesIn[bot.answer]);
  await clock.sleep(bot.thinkMs, signal);
  if (!bot.streams) {
    yield answer.join(' ');
    return;
  }
  for (const sentence of answer) {
    const { wordsPerMinute } = bot;
    const pace = { wordsPerMinute, minMs: leastGapMs, maxMs: mostGapMs };
    await clock.sleep(humanDelay(sentence, pace), signal);
    yield sentence;
  }
}
