import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BotNote } from './bot-note.ts';
import { startChild } from './child.ts';
import type { Conversation } from './conversation.ts';

const botFiles = {
  simulated: fileURLToPath(new URL('simulated-bot.ts', import.meta.url)),
  live: fileURLToPath(new URL('live-bot.ts', import.meta.url)),
} as const;
const lookEveryMs = 160;

/**
 * Runs the bot in a process of its own until it has answered everywhere.
 *
 * @param look called while it runs, with what it has told so far.
 */
export async function runBot(
  kind: keyof typeof botFiles,
  conversations: readonly Conversation[],
  environment: NodeJS.ProcessEnv,
  look: (notes: readonly BotNote[]) => Promise<void>,
): Promise<readonly BotNote[]> {
  const bot = startChild('The bot', botFiles[kind], [JSON.stringify(conversations)], environment);
  const notes: BotNote[] = [];
  const over = new AbortController();

  const listen = async (): Promise<void> => {
    try {
      for (let line = await bot.lines.next(); !line.done; line = await bot.lines.next()) {
        notes.push(JSON.parse(line.value));
      }
      await bot.ended;
    } finally {
      over.abort();
    }
  };
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await look(notes);
      await sleep(lookEveryMs);
    }
  };

  await Promise.all([listen(), watch()]);
  return notes;
}
