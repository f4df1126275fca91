import { setTimeout as sleep } from 'node:timers/promises';
import { schedule } from './schedule.ts';

/** Stands for a language model. */
export async function think(): Promise<string> {
  await sleep(schedule.thinkMs);
  return 'Forty-two.';
}
