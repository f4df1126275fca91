import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { ownProcessorMicros, redisProcessorMicros } from './redis-cost.ts';

// What Redis and a client cost by themselves, and a bare job of BullMQ. Everything else is measured against it.

/** All in microseconds for each. */
export interface BareCommands {
  readonly setInRedis: number;
  readonly getInClient: number;
  readonly jobInRedis: number;
}

const [url = ''] = process.argv.slice(2);
const commands = 100_000;
const atOnce = 500;
const jobs = 3_000;

async function many(count: number, run: (index: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, (_, index) => run(from + index)));
  }
}

async function costs(
  redis: Redis,
  count: number,
  work: () => Promise<void>,
): Promise<{ readonly inRedis: number; readonly here: number }> {
  const [redisBefore, ownBefore] = [await redisProcessorMicros(redis), ownProcessorMicros()];
  await work();
  const own = ownProcessorMicros() - ownBefore;
  return {
    inRedis: ((await redisProcessorMicros(redis)) - redisBefore) / count,
    here: own / count,
  };
}

const redis = new Redis(url, { enableAutoPipelining: true });
await many(20_000, (index) => redis.set(`warm ${index % 1_000}`, 'x'));
const set = await costs(redis, commands, () =>
  many(commands, (index) => redis.set(`key ${index % 10_000}`, 'a value of some length')),
);
const get = await costs(redis, commands, () =>
  many(commands, (index) => redis.get(`key ${index % 10_000}`)),
);

const connection = new Redis(url, { maxRetriesPerRequest: null });
const queue = new Queue('bare', { connection });
const lasting = { removeOnComplete: true, removeOnFail: true };
const job = await costs(redis, jobs, async () => {
  const worker = new Worker('bare', async () => {}, { connection, concurrency: 100 });
  let done = 0;
  const allDone = new Promise<void>((resolve) => {
    worker.on('completed', () => {
      done += 1;
      if (done === jobs) resolve();
    });
  });
  for (let from = 0; from < jobs; from += 100) {
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => queue.add('job', { chat: from + index }, lasting)),
    );
  }
  await allDone;
  await worker.close(true);
});
await queue.close();
connection.disconnect();
redis.disconnect();
process.stdout.write(
  JSON.stringify({
    setInRedis: set.inRedis,
    getInClient: get.here,
    jobInRedis: job.inRedis,
  } satisfies BareCommands),
);
