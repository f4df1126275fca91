import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BotCall, Conversation } from './bot.ts';
import { startChild } from './child.ts';

const botFile = fileURLToPath(new URL('bot.ts', import.meta.url));
const lookEveryMs = 160;

/**
 * Runs the bot in a process of its own until it has answered everywhere.
 *
 * @param look called while it runs, with what it has told so far.
 */
export async function runBot(
  conversations: readonly Conversation[],
  environment: NodeJS.ProcessEnv,
  look: (calls: readonly BotCall[]) => Promise<void>,
): Promise<readonly BotCall[]> {
  const bot = startChild('The bot', botFile, [JSON.stringify(conversations)], environment);
  const calls: BotCall[] = [];
  const over = new AbortController();

  const listen = async (): Promise<void> => {
    try {
      for (let line = await bot.lines.next(); !line.done; line = await bot.lines.next()) {
        calls.push(JSON.parse(line.value));
      }
      await bot.ended;
    } finally {
      over.abort();
    }
  };
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await look(calls);
      await sleep(lookEveryMs);
    }
  };

  await Promise.all([listen(), watch()]);
  return calls;
}
