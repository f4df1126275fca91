import { createTyping, type TypingEvent, type TypingSession } from '@typingkit/core';
import { linq } from '@typingkit/linq';
import { type EventLoopDelay, watchEventLoop } from './event-loop-delay.ts';
import { settledMemory } from './memory.ts';
import { processorTime } from './processor-time.ts';
import { startSimulatorProcess } from './simulator-process.ts';
import { type Spread, spreadOf } from './spread.ts';
import { nextTurn, sleep } from './turns.ts';

/** Sessions on the provider of Linq, over real HTTP to the simulator on loopback. */
export interface OverHttp {
  readonly sessions: number;
  /** How many requests a second the two processes manage, without the engine and one after the other on 64 lines. */
  readonly capacityPerSecond: number;
  /** What the cadence asks for. */
  readonly wantedPerSecond: number;
  readonly refreshesPerSecond: number;
  /** Of a core, while refreshes go on. */
  readonly ourLoad: number;
  readonly simulatorLoad: number | undefined;
  readonly openWallMicros: number;
  readonly firstStartsSeconds: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
  readonly mostInFlight: number;
  readonly answerMs: Spread;
  readonly intervalMs: Spread;
  readonly failures: Readonly<Record<string, number>>;
  readonly eventLoop: EventLoopDelay;
  readonly closeSeconds: number;
  readonly notCleared: number;
}

const count = Number(process.argv[2]);
const windowSeconds = 20;
/** The shortest lifetime that the adapter takes. A refresh is due after 0.8 of it: 4 s, or up to a tenth sooner. */
const ttlMs = 5_000;

await using simulator = await startSimulatorProcess();
const failures: Record<string, number> = {};
const startedAtMs = new Map<string, number>();
let intervals: number[] = [];
let answers: number[] = [];
let inFlight = 0;
let mostInFlight = 0;
let cleared = 0;

const { apiKey, baseUrl } = simulator;
const provider = linq({ apiKey, baseUrl, ttlMs, fetch: watchedFetch });
const chats = await createChats();
const capacityPerSecond = await measureCapacity();
const typing = createTyping({
  channels: { imessage: provider },
  onEvent: countFailures,
});
const before = await settledMemory();

const sessions: TypingSession[] = [];
const openingMs = performance.now();
let openWallMicros = 0;
mostInFlight = 0;
for (let from = 0; from < count; from += 100) {
  const read = processorTime();
  for (const chatId of chats.slice(from, from + 100)) {
    sessions.push(typing.keep('imessage', { chatId }));
  }
  openWallMicros += read().wallMicros;
  await nextTurn();
}
while (startedAtMs.size < count) await sleep(10);
const firstStartsSeconds = (performance.now() - openingMs) / 1_000;
await sleep(ttlMs);
const full = await settledMemory();

intervals = [];
answers = [];
const stopWatching = watchEventLoop();
const simulatorBefore = simulator.processorMicros();
const read = processorTime();
await sleep(windowSeconds * 1_000);
const { wholeMicros, wallMicros } = read();
const simulatorMicros = (simulator.processorMicros() ?? Number.NaN) - (simulatorBefore ?? 0);
const eventLoop = stopWatching();
const measured = {
  intervalMs: spreadOf(Float64Array.from(intervals)),
  refreshes: intervals.length,
};
const answerMs = spreadOf(Float64Array.from(answers));

const closingMs = performance.now();
await typing.close({ deadlineMs: 60_000 });
const closeSeconds = (performance.now() - closingMs) / 1_000;

const result: OverHttp = {
  sessions: count,
  capacityPerSecond,
  wantedPerSecond: count / ((0.8 * ttlMs * 0.95) / 1_000),
  refreshesPerSecond: measured.refreshes / (wallMicros / 1e6),
  ourLoad: wholeMicros / wallMicros,
  simulatorLoad: Number.isNaN(simulatorMicros) ? undefined : simulatorMicros / wallMicros,
  openWallMicros: openWallMicros / count,
  firstStartsSeconds,
  heapBytes: (full.heapBytes - before.heapBytes) / count,
  residentBytes: full.residentBytes,
  mostInFlight,
  answerMs,
  intervalMs: measured.intervalMs,
  failures,
  eventLoop,
  closeSeconds,
  notCleared: count - cleared,
};
process.stdout.write(JSON.stringify(result));

async function watchedFetch(request: Request): Promise<Response> {
  const nowMs = performance.now();
  if (request.method === 'POST') {
    const lastMs = startedAtMs.get(request.url);
    if (lastMs !== undefined) intervals.push(nowMs - lastMs);
    startedAtMs.set(request.url, nowMs);
  }
  inFlight += 1;
  mostInFlight = Math.max(mostInFlight, inFlight);
  try {
    return await fetch(request);
  } finally {
    inFlight -= 1;
    answers.push(performance.now() - nowMs);
  }
}

function countFailures(event: TypingEvent): void {
  if (event.type === 'cleared') cleared += 1;
  if (event.type !== 'failed') return;
  const name = `${event.operation} ${event.error.code}`;
  failures[name] = (failures[name] ?? 0) + 1;
}

async function createChats(): Promise<string[]> {
  const made: string[] = [];
  await onLines(64, async () => {
    if (made.length >= count) return false;
    made.push(await simulator.createChat());
    return true;
  });
  return made.slice(0, count);
}

async function measureCapacity(): Promise<number> {
  const endsAtMs = performance.now() + 5_000;
  let requests = 0;
  await onLines(64, async () => {
    const chatId = chats[requests % count] ?? '';
    requests += 1;
    await provider.start({ chatId }, {});
    return performance.now() < endsAtMs;
  });
  startedAtMs.clear();
  return requests / 5;
}

async function onLines(lines: number, step: () => Promise<boolean>): Promise<void> {
  const line = async (): Promise<void> => {
    while (await step());
  };
  await Promise.all(Array.from({ length: lines }, line));
}
