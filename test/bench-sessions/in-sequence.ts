import { getEventListeners } from 'node:events';
import { createTyping } from '@typingkit/core';
import { instantProvider } from './instant-provider.ts';
import { settledMemory } from './memory.ts';
import { processorTime } from './processor-time.ts';
import { nextTurn, sleep } from './turns.ts';

/** What is left of sessions that were opened and stopped one after the other, all on one `AbortSignal`. */
export interface InSequence {
  readonly sessions: number;
  /** How much the heap grew after the first tenth, in bytes for each session. */
  readonly grownBytes: number;
  readonly listenersLeft: number;
  /** Main thread, to open one, to start it, to stop it and to clear it. */
  readonly mainMicros: number;
}

const count = Number(process.argv[2]);
const provider = instantProvider();
const typing = createTyping({ channels: { instant: provider } });
const { signal } = new AbortController();

const tenth = Math.floor(count / 10);
await openAndStop(0, tenth);
await sleep(1_500);
const before = await settledMemory();
const read = processorTime();
await openAndStop(tenth, count);
const { mainMicros } = read();
await sleep(1_500);
const after = await settledMemory();

if (provider.counts.starts !== count || provider.counts.stops !== count) {
  throw new Error(`${provider.counts.starts} starts and ${provider.counts.stops} stops.`);
}
const result: InSequence = {
  sessions: count,
  grownBytes: (after.heapBytes - before.heapBytes) / (count - tenth),
  listenersLeft: getEventListeners(signal, 'abort').length,
  mainMicros: mainMicros / (count - tenth),
};
process.stdout.write(JSON.stringify(result));

async function openAndStop(from: number, to: number): Promise<void> {
  for (let index = from; index < to; index += 1) {
    const session = typing.keep('instant', `conversation-${index}`, { signal });
    await session.stop();
    if (index % 1_000 === 0) await nextTurn();
  }
}
