import { createTyping, type TypingSession } from '@typingkit/core';
import { conversations } from './conversations.ts';
import { instantProvider } from './instant-provider.ts';
import { processorTime } from './processor-time.ts';
import { inChunks, nextMicrotasks, sleep } from './turns.ts';

/** What it costs to open many sessions without giving the event loop a turn, in microseconds for each. */
export interface OneTurn {
  readonly sessions: number;
  readonly mainMicros: number;
  readonly wallMicros: number;
  /** For how long nothing else ran, in milliseconds: the answers of the first starts included. */
  readonly blockedMs: number;
}

const count = Number(process.argv[2]);
const typing = createTyping({ channels: { instant: instantProvider() } });
const names = conversations(count);
const sessions: TypingSession[] = [];
await inChunks(5_000, (index) => sessions.push(typing.keep('instant', `warm-${index}`)));
for (const session of sessions) await session.stop();
await sleep(500);

const read = processorTime();
for (const name of names) sessions.push(typing.keep('instant', name));
await nextMicrotasks();
const { mainMicros, wallMicros } = read();
await typing.close();

const result: OneTurn = {
  sessions: count,
  mainMicros: mainMicros / count,
  wallMicros: wallMicros / count,
  blockedMs: wallMicros / 1_000,
};
process.stdout.write(JSON.stringify(result));
