import { deadlines, kinds } from './deadlines.ts';
import { type EventLoopDelay, idleEventLoopDelay, watchEventLoop } from './event-loop-delay.ts';
import { refreshMs } from './instant-provider.ts';
import { settledMemory } from './memory.ts';
import { idleShares, processorTime } from './processor-time.ts';
import { type Spread, spreadOf } from './spread.ts';
import { inChunks, nextTurn, sleep } from './turns.ts';

/** What the deadlines of many sessions cost, and nothing else of them. */
export interface ManyTimers {
  readonly kind: string;
  readonly timers: number;
  /** To set a deadline for the first time, in nanoseconds of the main thread. */
  readonly setNanos: number;
  /** Heap for each, in bytes. */
  readonly heapBytes: number;
  /** For each that is reached: to wake, and to set two more as a refresh does. In nanoseconds of all threads. */
  readonly fireNanos: number;
  readonly lateMs: Spread;
  readonly eventLoop: EventLoopDelay;
  readonly idleEventLoop: EventLoopDelay;
}

const windowSeconds = 10;
/** The deadline of the answer, which a refresh sets first. It is moved before it is reached. */
const answerMs = 10_000;
const kind = kinds.find((each) => each === process.argv[2]) ?? 'setTimeout';
const count = Number(process.argv[3]);
const dueAtMs = new Float64Array(count);
let late: Float64Array | undefined;
let fired = 0;
let measured = 0;

const timers = deadlines(kind, count, (index) => {
  fired += 1;
  const nowMs = performance.now();
  if (late && measured < late.length) {
    late[measured] = nowMs - (dueAtMs[index] ?? Number.NaN);
    measured += 1;
  }
  timers.set(index, answerMs);
  setNext(index, nowMs);
});

const idle = await idleShares(3_000);
const idleEventLoop = await idleEventLoopDelay(3_000);
const before = await settledMemory();
const setNanos = await setAll();
// Every one has fired once, so they are spread out.
await sleep(refreshMs * 1.25);
const full = await settledMemory();
await sleep(1_000);

const firedBefore = fired;
const read = processorTime();
await sleep(windowSeconds * 1_000);
const { wholeMicros, wallMicros } = read();
const fireNanos = ((wholeMicros - idle.whole * wallMicros) / (fired - firedBefore)) * 1_000;

late = new Float64Array(count * windowSeconds);
const stopWatching = watchEventLoop();
await sleep(windowSeconds * 1_000);
const eventLoop = stopWatching();
timers.clear();

const result: ManyTimers = {
  kind,
  timers: count,
  setNanos,
  heapBytes: (full.heapBytes - before.heapBytes) / count,
  fireNanos,
  lateMs: spreadOf(late.subarray(0, measured)),
  eventLoop,
  idleEventLoop,
};
process.stdout.write(JSON.stringify(result));

async function setAll(): Promise<number> {
  // A server has run before: its code is compiled.
  await inChunks(Math.min(count, 5_000), (index) => timers.set(index, answerMs));
  await nextTurn();
  let mainMicros = 0;
  for (let from = 0; from < count; from += 1_000) {
    const part = processorTime();
    const to = Math.min(count, from + 1_000);
    for (let index = from; index < to; index += 1) setNext(index, performance.now());
    mainMicros += part().mainMicros;
    await nextTurn();
  }
  return (mainMicros / count) * 1_000;
}

function setNext(index: number, nowMs: number): void {
  const afterMs = Math.floor(refreshMs * (1 - 0.1 * Math.random()));
  dueAtMs[index] = nowMs + afterMs;
  timers.set(index, afterMs);
}
