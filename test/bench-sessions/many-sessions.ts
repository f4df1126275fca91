import { performance } from 'node:perf_hooks';
import { createTyping, type Typing, type TypingSession } from '@typingkit/core';
import { conversations, indexOf } from './conversations.ts';
import { type EventLoopDelay, idleEventLoopDelay, watchEventLoop } from './event-loop-delay.ts';
import { type InstantProvider, instantProvider, refreshMs } from './instant-provider.ts';
import { settledMemory } from './memory.ts';
import { idleShares, processorTime, wakingMicros } from './processor-time.ts';
import { type RefreshTimer, type RefreshTimes, refreshTimer } from './refresh-times.ts';
import { inChunks, nextMicrotasks, nextTurn, sleep } from './turns.ts';

/** What many sessions cost that live at the same time, in microseconds and bytes for each. */
export interface ManySessions {
  readonly sessions: number;
  readonly open: Opened & { readonly eventLoop: EventLoopDelay };
  readonly heapBytes: number;
  readonly heapTotalBytes: number;
  readonly residentBytes: number;
  readonly highestResidentBytes: number;
  readonly refresh: Refreshed;
  readonly times: RefreshTimes;
  readonly eventLoop: EventLoopDelay;
  readonly idleEventLoop: EventLoopDelay;
  readonly stop: Ended;
  readonly close: Ended;
  /** What of the heap is not given back when all have ended. */
  readonly leftBytes: number;
}

interface Opened {
  /** Main thread, from `keep()` until its first start is answered. */
  readonly mainMicros: number;
  readonly wallMicros: number;
  /** The call of `keep()` alone. */
  readonly callWallMicros: number;
}

interface Refreshed {
  readonly count: number;
  readonly perSecond: number;
  /** All threads, without what an idle process costs. */
  readonly wholeMicros: number;
  readonly mainMicros: number;
  /** How often the event loop turned. */
  readonly turnsPerSecond: number;
  /** What one of these turns costs where there is nothing to do in it. */
  readonly emptyTurnMicros: number;
}

interface Ended {
  readonly mainMicros: number;
  readonly wallMicros: number;
}

const windowSeconds = 10;
const count = Number(process.argv[2]);
const provider = instantProvider();
let timer: RefreshTimer | undefined;
const random = (): number => (timer ? timer.random() : Math.random());
const typing = createTyping({ channels: { instant: provider }, random });
const names = conversations(count);
const sessions: (TypingSession | undefined)[] = Array.from({ length: count });

await warmUp(typing);
const idle = await idleShares(3_000);
const emptyTurnMicros = await wakingMicros(3_000);
const idleEventLoop = await idleEventLoopDelay(3_000);
const before = await settledMemory();

const stopWatchingOpen = watchEventLoop();
const opened = await openAll();
const open = { ...opened, eventLoop: stopWatchingOpen() };
// Every conversation has refreshed once, so they are spread out.
await sleep(refreshMs * 1.25);
const full = await settledMemory();
await sleep(1_000);

const refresh = await measureRefreshes(provider);
timer = refreshTimer(count, windowSeconds);
const { onStart } = timer;
provider.onStart = (name) => onStart(indexOf(name));
const stopWatching = watchEventLoop();
await sleep(windowSeconds * 1_000);
const eventLoop = stopWatching();
provider.onStart = undefined;
const times = timer.result();
timer = undefined;
assertAllAlive();

const stop = await stopHalf();
const close = await closeRest();
sessions.fill(undefined);
const after = await settledMemory();

const result: ManySessions = {
  sessions: count,
  open,
  heapBytes: (full.heapBytes - before.heapBytes) / count,
  heapTotalBytes: full.heapTotalBytes,
  residentBytes: full.residentBytes,
  highestResidentBytes: process.resourceUsage().maxRSS * 1_024,
  refresh,
  times,
  eventLoop,
  idleEventLoop,
  stop,
  close,
  leftBytes: (after.heapBytes - before.heapBytes) / count,
};
process.stdout.write(JSON.stringify(result));

/** A server has run before: its code is compiled. */
async function warmUp(warm: Typing<{ instant: string }>): Promise<void> {
  const some: TypingSession[] = [];
  await inChunks(5_000, (index) => some.push(warm.keep('instant', `warm-${index}`)));
  for (const session of some) await session.stop();
  await sleep(500);
  provider.counts.stops = 0;
}

async function openAll(): Promise<Opened> {
  let mainMicros = 0;
  let wallMicros = 0;
  let callWallMicros = 0;
  for (let from = 0; from < count; from += 1_000) {
    const read = processorTime();
    const to = Math.min(count, from + 1_000);
    for (let index = from; index < to; index += 1) {
      sessions[index] = typing.keep('instant', names[index] ?? '');
    }
    callWallMicros += read().wallMicros;
    await nextMicrotasks();
    const spent = read();
    mainMicros += spent.mainMicros;
    wallMicros += spent.wallMicros;
    await nextTurn();
  }
  return {
    mainMicros: mainMicros / count,
    wallMicros: wallMicros / count,
    callWallMicros: callWallMicros / count,
  };
}

async function measureRefreshes({ counts }: InstantProvider): Promise<Refreshed> {
  const startsBefore = counts.starts;
  const turnsBefore = performance.nodeTiming.uvMetricsInfo.loopCount;
  const read = processorTime();
  await sleep(windowSeconds * 1_000);
  const { wholeMicros, mainMicros, wallMicros } = read();
  const refreshes = counts.starts - startsBefore;
  const turns = performance.nodeTiming.uvMetricsInfo.loopCount - turnsBefore;
  return {
    count: refreshes,
    perSecond: refreshes / (wallMicros / 1e6),
    wholeMicros: (wholeMicros - idle.whole * wallMicros) / refreshes,
    mainMicros: (mainMicros - idle.main * wallMicros) / refreshes,
    turnsPerSecond: turns / (wallMicros / 1e6),
    emptyTurnMicros,
  };
}

function assertAllAlive(): void {
  // 2 minutes after they were opened the cap on silence ends them.
  if (provider.counts.stops > 0) throw new Error('Sessions ended before the measurement did.');
}

async function stopHalf(): Promise<Ended> {
  const half = Math.floor(count / 2);
  const read = processorTime();
  await inChunks(half, (index) => void sessions[index]?.stop());
  return perSession(read(), half);
}

async function closeRest(): Promise<Ended> {
  const rest = count - Math.floor(count / 2);
  const read = processorTime();
  await typing.close({ deadlineMs: 60_000 });
  const ended = perSession(read(), rest);
  if (provider.counts.stops !== count) {
    throw new Error(`${provider.counts.stops} of ${count} indicators were cleared.`);
  }
  return ended;
}

function perSession(spent: Ended, of: number): Ended {
  return { mainMicros: spent.mainMicros / of, wallMicros: spent.wallMicros / of };
}
