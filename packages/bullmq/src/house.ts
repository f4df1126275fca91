import { TypingError } from '@typingkit/core';
import { randomBytes } from 'node:crypto';
import { type Hint, Hints } from './hints.ts';
import { type Duties, Jobs } from './jobs.ts';
import { Keys } from './keys.ts';
import { Reach } from './reach.ts';
import { Link } from './redis/link.ts';
import { checkRedis, openRedis, type RedisSource } from './redis/redis-source.ts';

/** Where what processes share is, and how they share it. */
export interface HouseOptions {
  /** Where Redis is: a URL, options of ioredis, or `{ nodes }` of a cluster. Every process opens connections of its own. */
  readonly redis: RedisSource;
  /** What all keys in Redis begin with: processes that share have the same. Default: `typingkit`. */
  readonly prefix?: string | undefined;
  /**
   * How long a process may be silent before another one goes on with what it showed, in milliseconds. The same in all
   * processes. Default: 6,000.
   */
  readonly leaseMs?: number | undefined;
  /**
   * Hears that Redis is away, and that it is back: when it has answered in time for five seconds. Meanwhile indicators
   * fade, and work goes on. Default: one line on `console.warn` each time that it goes away, once a minute at most.
   */
  readonly onRedis?: ((state: 'away' | 'back') => unknown) | undefined;
}

/** What one process does in it. */
interface Resident {
  readonly channels: readonly string[];
  readonly duties?: Duties | undefined;
  onHint(hint: Hint): void;
  /** @param isLong every few beats. */
  onBeat(hasForgotten: boolean, isLong: boolean): void;
}

const defaultLeaseMs = 6_000;
const beatsInLease = 3;
const beatsUntilLong = 5;
const warningEveryMs = 60_000;
/** How long Redis is known to be the same that it was, in milliseconds. */
const eraMs = 86_400_000;

/** The connections of one process, its pulse, and what it tells the others. */
export class House {
  readonly reach: Reach;
  readonly #jobs: Jobs;
  readonly #resident: Resident;
  readonly #pulse: NodeJS.Timeout;
  #warnedAtMs = -Infinity;
  #beats = 0;
  #era: string | undefined;
  #isClosed = false;

  /** @throws TypingError `misconfigured`. */
  constructor(options: HouseOptions, resident: Resident) {
    const { onRedis, prefix = 'typingkit', redis } = options;
    checkRedis(redis);
    if (typeof prefix !== 'string' || !/^[\w.-]{1,64}$/.test(prefix)) {
      throw invalid('prefix must be up to 64 letters, digits, -, _ and .');
    }
    if (onRedis !== undefined && typeof onRedis !== 'function') {
      throw invalid('onRedis must be a function');
    }
    const leaseMs = House.leaseOf(options);
    const process = `p-${randomBytes(8).toString('hex')}`;
    const keys = new Keys(prefix);
    const link = new Link(redis, (isUp, why) => this.#tell(onRedis, isUp, why));
    const hints = new Hints(link.client, openRedis(redis, 'hints'), (hint) =>
      resident.onHint(hint),
    );
    const { channels, duties } = resident;
    this.#resident = resident;
    this.#jobs = new Jobs({ redis, prefix, process, channels, leaseMs, duties });
    this.reach = new Reach({
      process,
      keys,
      link,
      hints,
      handOver: (conversation) => this.#jobs.handOver(conversation),
      insurance: this.#jobs,
    });
    this.#pulse = setInterval(() => void this.#beat(), leaseMs / beatsInLease);
    this.#pulse.unref();
  }

  /** @throws TypingError `misconfigured`. */
  static leaseOf({ leaseMs = defaultLeaseMs }: Pick<HouseOptions, 'leaseMs'>): number {
    if (Number.isInteger(leaseMs) && leaseMs >= 300 && leaseMs <= 60_000) return leaseMs;
    throw invalid('leaseMs must be between 300 and 60000');
  }

  get jobs(): Jobs {
    return this.#jobs;
  }

  /** Begins to hear and to be heard. */
  open(channels: readonly string[]): void {
    const { hints, keys, process } = this.reach;
    void hints.listen(keys.to(process));
    for (const channel of channels) void hints.listen(keys.inbound(channel));
    void this.#beat();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#pulse);
    await this.#jobs.close();
    this.reach.hints.close();
    this.reach.link.close();
  }

  async #beat(): Promise<void> {
    if (this.#isClosed) return;
    this.#beats += 1;
    this.#jobs.beat();
    try {
      const hasForgotten = await this.#hasForgotten();
      this.reach.payDebts();
      this.#resident.onBeat(hasForgotten, this.#beats % beatsUntilLong === 0);
    } catch {
      // The link has said that Redis is away.
    }
  }

  /** Whether Redis is another one than it was: restarted empty, flushed, or failed over to one that lags behind. */
  async #hasForgotten(): Promise<boolean> {
    const { keys, link } = this.reach;
    const key = keys.era();
    const era = await link.ask(async () => {
      const fresh = randomBytes(9).toString('base64url');
      const isNew = await link.client.set(key, fresh, 'PX', eraMs, 'NX');
      return isNew === 'OK' ? fresh : await link.client.get(key);
    });
    if (this.#beats % beatsUntilLong === 0) await link.client.pexpire(key, eraMs);
    const hasForgotten = this.#era !== undefined && this.#era !== era;
    this.#era = era ?? undefined;
    return hasForgotten;
  }

  #tell(onRedis: HouseOptions['onRedis'], isUp: boolean, why: string): void {
    if (onRedis) {
      // What an observer throws is its own.
      void (async () => onRedis(isUp ? 'back' : 'away'))().catch(() => {});
      return;
    }
    const nowMs = performance.now();
    if (isUp || nowMs - this.#warnedAtMs < warningEveryMs) return;
    this.#warnedAtMs = nowMs;
    console.warn(
      `[typingkit] Redis does not answer (${why}). Typing indicators fade until it is back; work goes on.`,
    );
  }
}

function invalid(reason: string): TypingError {
  return new TypingError({ code: 'misconfigured', operation: 'configure', reason });
}
