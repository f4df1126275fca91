import { setTimeout as sleep } from 'node:timers/promises';

/** Stands for a language model. */
export async function think(durationMs: number): Promise<string> {
  await sleep(durationMs);
  return 'Forty-two.';
}
