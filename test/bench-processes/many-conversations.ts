import { sharedTyping } from '@typingkit/bullmq';
import { createTyping } from '@typingkit/core';
import { Redis } from 'ioredis';
import { instantProvider } from '../bench-sessions/instant-provider.ts';
import { ownProcessorMicros, redisBytes, redisProcessorMicros, wait } from './redis-cost.ts';

/** What many conversations cost that one process refreshes, in memory or through Redis. */
export interface ManyConversations {
  readonly count: number;
  readonly openInRedis: number;
  readonly openHere: number;
  readonly bytesInRedis: number;
  readonly refreshInRedis: number;
  readonly refreshHere: number;
  readonly refreshesPerSecond: number;
  /** From one start of a conversation to the next, in milliseconds. */
  readonly startToStartP50Ms: number;
  readonly startToStartP99Ms: number;
  readonly startToStartMostMs: number;
}

const [url = '', kind = 'memory', countGiven = '10000', budgetGiven = '0'] = process.argv.slice(2);
const count = Number(countGiven);
const openedAtOnce = 200;
const measuredMs = 12_000;

const redis = new Redis(url);
const plain = instantProvider();
const requests = Number(budgetGiven);
const provider =
  requests > 0
    ? {
        ...plain,
        start: plain.start,
        capabilities: { ...plain.capabilities, budget: { requests, perMs: 1_000 } },
      }
    : plain;
const lastMs = new Map<string, number>();
let gapsMs: number[] = [];
plain.onStart = (target) => {
  const nowMs = performance.now();
  const before = lastMs.get(target);
  if (before !== undefined) gapsMs.push(nowMs - before);
  lastMs.set(target, nowMs);
};
const channels = { chat: provider };
const caps = { idleTimeoutMs: 600_000 };
const typing =
  kind === 'memory'
    ? createTyping({ channels, onEvent: () => {} })
    : sharedTyping({ redis: url, channels, prefix: 'bench', onEvent: () => {} });
await wait(500);
for (let warm = 0; warm < 2_000; warm += 1) {
  void typing.keep('chat', `warm ${warm}`).stop();
  if (warm % openedAtOnce === 0) await wait(5);
}
await wait(1_500);

const bytesBefore = await redisBytes(redis);
const [redisBefore, ownBefore] = [await redisProcessorMicros(redis), ownProcessorMicros()];
for (let from = 0; from < count; from += openedAtOnce) {
  const opened = Array.from({ length: openedAtOnce }, (_, index) =>
    typing.keep('chat', `conversation ${from + index}`, caps),
  );
  await Promise.all(opened.map((session) => session.opened));
  // Their refreshes are not to fall together.
  await wait((4_000 / count) * openedAtOnce);
}
const openHere = (ownProcessorMicros() - ownBefore) / count;
const openInRedis = ((await redisProcessorMicros(redis)) - redisBefore) / count;
await wait(5_000);
const bytesInRedis = ((await redisBytes(redis)) - bytesBefore) / count;

const startsBefore = plain.counts.starts;
const [refreshBefore, refreshOwnBefore] = [await redisProcessorMicros(redis), ownProcessorMicros()];
gapsMs = [];
await wait(measuredMs);
const refreshes = plain.counts.starts - startsBefore;
const refreshHere = (ownProcessorMicros() - refreshOwnBefore) / refreshes;
const refreshInRedis = ((await redisProcessorMicros(redis)) - refreshBefore) / refreshes;
const sorted = gapsMs.toSorted((one, other) => one - other);
const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
process.stdout.write(
  JSON.stringify({
    count,
    openInRedis,
    openHere,
    bytesInRedis,
    refreshInRedis,
    refreshHere,
    refreshesPerSecond: (refreshes / measuredMs) * 1_000,
    startToStartP50Ms: at(0.5),
    startToStartP99Ms: at(0.99),
    startToStartMostMs: at(1),
  } satisfies ManyConversations),
);
redis.disconnect();
// What stays up is of no use to anybody, and to clear it would be measured by nobody.
process.exit(0);
