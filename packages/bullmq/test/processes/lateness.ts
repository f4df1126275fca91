import { Redis } from 'ioredis';

/** A time in which a process did nothing, or Redis did not answer. */
interface Standstill {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * How late this machine is while a test runs: what its processes, and Redis, were late by. Where a test has frozen one of
 * them itself that does not count. What a bound forbids is then told from what a slow machine does.
 */
export class Lateness {
  readonly #standstills: Standstill[] = [];
  readonly #ours: Standstill[] = [];

  note(fromMs: number, toMs: number): void {
    this.#standstills.push({ fromMs, toMs });
  }

  /** The test itself has stopped something in this time. */
  excuse(fromMs: number, toMs: number): void {
    this.#ours.push({ fromMs, toMs });
  }

  /** The longest standstill that nobody has ordered, in milliseconds. */
  worstMs(sinceMs = 0, untilMs = Infinity): number {
    const own = this.#standstills.filter(
      ({ fromMs, toMs }) =>
        toMs >= sinceMs &&
        fromMs <= untilMs &&
        !this.#ours.some((ours) => fromMs <= ours.toMs && toMs >= ours.fromMs),
    );
    return Math.max(0, ...own.map(({ fromMs, toMs }) => toMs - fromMs));
  }
}

const probeEveryMs = 20;

/** Writes down how late Redis answers. @returns what ends it. */
export function watchRedis(url: string, lateness: Lateness): () => void {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  redis.on('error', () => {});
  const probe = async (): Promise<void> => {
    const fromMs = Date.now();
    await redis.ping();
    lateness.note(fromMs, Date.now());
    setTimeout(goOn, probeEveryMs);
  };
  const goOn = (): void => {
    if (redis.status !== 'end') probe().catch(() => {});
  };
  goOn();
  return () => redis.disconnect();
}
