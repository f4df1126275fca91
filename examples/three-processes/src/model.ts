import { setTimeout as wait } from 'node:timers/promises';

/** Stands for a language model: five seconds until the answer is complete. */
export async function* think(question: string): AsyncGenerator<string> {
  for (const word of ['I', 'have', 'thought', 'about', question]) {
    await wait(1_000);
    yield `${word} `;
  }
}
