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
const sentencesIn = { short: 1, medium: 3, long: 6 } as const;

/** Stands for a language model: yields each message when it is there. */
export async function* think(
  bot: BotSettings,
  clock: ScaledClock,
  signal: AbortSignal,
): AsyncIterable<string> {
  const answer = sentences.slice(0, sentencesIn[bot.answer]);
  if (!bot.streams) {
    await clock.sleep(bot.thinkMs, signal);
    yield answer.join(' ');
    return;
  }
  for (const sentence of answer) {
    await clock.sleep(bot.thinkMs / answer.length, signal);
    yield sentence;
  }
}
