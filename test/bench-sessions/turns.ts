import { setImmediate, setTimeout } from 'node:timers/promises';

/** Gives the event loop one turn. */
export async function nextTurn(): Promise<void> {
  await setImmediate();
}

export async function sleep(ms: number): Promise<void> {
  await setTimeout(ms);
}

/** Lets promises settle that need no turn of the event loop: the answers of a provider that answers in a microtask. */
export async function nextMicrotasks(): Promise<void> {
  for (let step = 0; step < 10; step += 1) await Promise.resolve();
}

/** Does `one` for every index, a thousand in one turn of the event loop, as a server would at its busiest. */
export async function inChunks(count: number, one: (index: number) => void): Promise<void> {
  for (let from = 0; from < count; from += 1_000) {
    const to = Math.min(count, from + 1_000);
    for (let index = from; index < to; index += 1) one(index);
    await nextTurn();
  }
}
