import { type ConnectionOptions, DelayedError, type Job, Queue, Worker } from 'bullmq';
import { atMost } from './at-most.ts';
import type { HandOver } from './reach.ts';
import type { RedisSource } from './redis/redis-source.ts';
import { openRedis } from './redis/redis-source.ts';

/** A start that another process asks for. */
export interface SendJob {
  readonly channel: string;
  readonly target: unknown;
  readonly options: unknown;
  /** Who waits for the answer, under which nonce, and until when by the clock of the machines. */
  readonly from: string;
  readonly nonce: string;
  readonly untilMs: number;
}

/** What this process does with a job. Each may reject: then somebody else tries. */
export interface Duties {
  /**
   * A process has not given a sign of life for as long as its lease.
   *
   * @returns `false` where it may be alive: it is looked for again.
   */
  bury(process: string, channel: string): Promise<boolean>;
  /** Somebody with a key is to go on with a conversation. */
  hold(conversation: HandOver): Promise<void>;
  send(job: SendJob): Promise<void>;
}

interface JobsOptions {
  readonly redis: RedisSource;
  readonly prefix: string;
  readonly process: string;
  readonly channels: readonly string[];
  readonly leaseMs: number;
  /** Absent: this process has no keys, and takes no jobs. */
  readonly duties?: Duties | undefined;
}

const lasting = { removeOnComplete: true, removeOnFail: true } as const;
const patient = { ...lasting, attempts: 3, backoff: { type: 'fixed', delay: 1_000 } } as const;
const jobsAtOnce = 20;
/** For which share of its lease a process is sure that its burial is still to come. */
const insuredShare = 0.8;
/** How long a job is known to be in the hands of a process without a sign of life, in milliseconds, at the least. */
const leastLockMs = 2_000;
/** How many may die with one and the same job in hand. */
const mostStalls = 100;
/** How long what is on its way may keep `close` waiting, in milliseconds. */
const patienceMs = 1_000;

/**
 * What BullMQ does here: hands conversations to a process that has keys, and calls for somebody when a process has died.
 * Every process has one delayed job for each channel, which it puts off as long as it lives.
 */
export class Jobs {
  readonly #client: ReturnType<typeof openRedis>;
  /** The connections on which BullMQ's workers wait. It lets go of them only while Redis answers. */
  readonly #waiting: ReturnType<typeof openRedis>[] = [];
  readonly #queues = new Map<string, Queue>();
  readonly #workers: Worker[] = [];
  readonly #burials = new Map<string, Job>();
  readonly #process: string;
  readonly #prefix: string;
  readonly #leaseMs: number;
  readonly #channels: readonly string[];
  readonly #isOnDuty: boolean;
  readonly #adding = new Set<Promise<void>>();
  #beating: Promise<void> | undefined;
  /** When the burial of this process was put off last, by channel, on the clock of this machine. */
  readonly #putOffAtMs = new Map<string, number>();

  constructor({ channels, duties, leaseMs, prefix, process, redis }: JobsOptions) {
    this.#client = openRedis(redis, 'jobs');
    this.#watchDuplicates();
    this.#process = process;
    // One slot for each queue, where Redis is a cluster.
    this.#prefix = `{${prefix}}`;
    this.#leaseMs = leaseMs;
    this.#channels = channels;
    this.#isOnDuty = duties !== undefined;
    if (duties) for (const channel of channels) this.#work(channel, duties);
  }

  /** Settles when it is in the queue, where Redis is there. Never rejects. */
  handOver(conversation: HandOver): Promise<void> {
    const what = conversation.visibleForMs === undefined ? 'hold' : 'clear';
    const jobId = `${conversation.tag}.${conversation.conversation}.${what}`;
    return this.#add(conversation.channel, 'hold', conversation, jobId);
  }

  send(job: SendJob): void {
    void this.#add(job.channel, 'send', job, job.nonce);
  }

  /**
   * Whether somebody will notice if this process dies now: its burial is still to come. Before that it must not begin to
   * own anything.
   */
  get isInsured(): boolean {
    const nowMs = performance.now();
    return this.#channels.every((channel) => {
      const putOffAtMs = this.#putOffAtMs.get(channel) ?? -Infinity;
      return nowMs - putOffAtMs < this.#leaseMs * insuredShare;
    });
  }

  /** Settles when a sign of life has been given, or has failed. */
  async insure(): Promise<void> {
    this.beat();
    await this.#beating;
  }

  /** A sign of life. One that cannot be given now is given next time. */
  beat(): void {
    if (this.#beating || !this.#isOnDuty) return;
    this.#beating = Promise.allSettled(this.#channels.map((channel) => this.#putOff(channel))).then(
      () => {
        this.#beating = undefined;
      },
    );
  }

  /** Takes no more jobs: what this process is about to hand over is for others. */
  async retire(): Promise<void> {
    const isReachable = this.#client.status === 'ready';
    const closing = this.#workers.map((worker) => worker.close(!isReachable));
    await atMost(Promise.allSettled(closing), patienceMs);
  }

  async close(): Promise<void> {
    const isReachable = this.#client.status === 'ready';
    if (isReachable) {
      await atMost(Promise.all(this.#adding), patienceMs);
      await atMost(this.#removeBurials(), patienceMs);
    }
    // What waits for a Redis that is away would wait for ever.
    for (const client of this.#waiting) client.disconnect();
    const closing = [...this.#workers, ...this.#queues.values()].map((each) => each.close());
    await atMost(Promise.allSettled(closing), isReachable ? patienceMs : 0);
    this.#client.disconnect();
  }

  async #removeBurials(): Promise<void> {
    await this.#beating;
    await Promise.allSettled([...this.#burials.values()].map((job) => job.remove()));
  }

  /** BullMQ makes a connection of its own for each worker, and keeps it to itself. */
  #watchDuplicates(): void {
    const client = this.#client;
    // One of the two kinds of client, which take different arguments.
    const duplicate = client.duplicate.bind(client) as (...given: unknown[]) => typeof client;
    Object.assign(client, {
      duplicate: (...given: unknown[]) => {
        const copy = duplicate(...given);
        this.#waiting.push(copy);
        return copy;
      },
    });
  }

  #work(channel: string, duties: Duties): void {
    const perform = async (job: Job, token?: string): Promise<void> => {
      const { data, name } = job;
      // What is in the queue was put there by one of us.
      if (name === 'bury') {
        if (await isBuried((data as { readonly process: string }).process)) return;
        await job.moveToDelayed(Date.now() + this.#leaseMs, token);
        throw new DelayedError();
      } else if (name === 'hold') await duties.hold(data as HandOver);
      else if (name === 'send') await duties.send(data as SendJob);
    };
    // While Redis is away nobody can be buried, and nobody is to be forgotten for that.
    const isBuried = (process: string): Promise<boolean> =>
      duties.bury(process, channel).catch(() => false);
    const worker = new Worker(queueName(channel), perform, {
      connection: this.#connection,
      prefix: this.#prefix,
      concurrency: jobsAtOnce,
      // Whoever dies with a job in hand is noticed as soon as one that dies without.
      lockDuration: Math.max(leastLockMs, this.#leaseMs),
      stalledInterval: Math.max(leastLockMs, this.#leaseMs),
      maxStalledCount: mostStalls,
    });
    worker.on('error', () => {});
    this.#workers.push(worker);
  }

  async #putOff(channel: string): Promise<void> {
    const askedAtMs = performance.now();
    try {
      const burial = this.#burials.get(channel);
      if (!burial) throw new Error('there is none yet');
      await burial.changeDelay(this.#leaseMs);
    } catch {
      // Redis has forgotten it, or somebody is burying this process right now.
      const data = { process: this.#process };
      const options = { ...lasting, jobId: this.#process, delay: this.#leaseMs };
      const burial = await this.#queueOf(channel).add('bury', data, options);
      this.#burials.set(channel, burial);
      // One that is in somebody's hands is over in a moment, and covers nothing that comes after it.
      if (!(await burial.isDelayed())) return;
    }
    this.#putOffAtMs.set(channel, askedAtMs);
  }

  async #add(channel: string, name: string, data: unknown, jobId: string): Promise<void> {
    // BullMQ would wait for a Redis that is away, however long. What is then handed over is worth nothing.
    const { status } = this.#client;
    if (status !== 'ready' && status !== 'connecting' && status !== 'connect') return;
    const adding = this.#queueOf(channel).add(name, data, { ...patient, jobId });
    const added = adding.then(
      () => {},
      () => {},
    );
    this.#adding.add(added);
    await added;
    this.#adding.delete(added);
  }

  #queueOf(channel: string): Queue {
    let queue = this.#queues.get(channel);
    if (!queue) {
      queue = new Queue(queueName(channel), {
        connection: this.#connection,
        prefix: this.#prefix,
        // Nobody reads them, and each beat is one.
        streams: { events: { maxLen: 100 } },
      });
      queue.on('error', () => {});
      this.#queues.set(channel, queue);
    }
    return queue;
  }

  get #connection(): ConnectionOptions {
    return this.#client;
  }
}

/** BullMQ takes no colon in a name. */
function queueName(channel: string): string {
  return `typing.${channel.replaceAll(':', '.')}`;
}
