import type { Schedule } from '../../time/schedule.ts';

/** Something that happened in a room: an event of its timeline, or who types there now. */
interface News {
  readonly roomId: string;
  readonly timeline?: object;
  readonly ephemeral?: object;
}

/** What `GET /sync` tells. */
export interface Sync {
  /** Adds something, and answers what a /sync would be that has nothing else. */
  tell(news: News): object;
  /**
   * What has happened since a token that an earlier answer had; without one, everything. Where that is nothing, it waits in
   * simulated time.
   */
  answer(since: string | null, timeoutMs: number): Promise<object>;
  /** Forgets everything, and keeps nobody waiting. */
  clear(): void;
}

export function createSync(schedule: Schedule): Sync {
  const all: News[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const go of waiting) go();
  };
  const next = (timeoutMs: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = schedule.at(schedule.clock.now() + timeoutMs, () => go());
      const go = (): void => {
        cancel();
        waiting.delete(go);
        resolve();
      };
      waiting.add(go);
    });
  return {
    tell(news) {
      all.push(news);
      wake();
      return bodyOf([news], all.length);
    },
    async answer(since, timeoutMs) {
      const from = Number(/^s(\d+)$/.exec(since ?? 's0')?.[1] ?? 0);
      if (all.length <= from && timeoutMs > 0) await next(timeoutMs);
      return bodyOf(all.slice(from), all.length);
    },
    clear() {
      all.length = 0;
      wake();
    },
  };
}

function bodyOf(news: readonly News[], position: number): object {
  const join: Record<string, object> = {};
  for (const { roomId } of news) {
    const own = news.filter((one) => one.roomId === roomId);
    // Who types now replaces who typed before.
    const ephemeral = own.findLast((one) => one.ephemeral !== undefined)?.ephemeral;
    join[roomId] = {
      timeline: { events: own.flatMap(({ timeline }) => timeline ?? []), limited: false },
      ephemeral: { events: ephemeral === undefined ? [] : [ephemeral] },
    };
  }
  return { next_batch: `s${position}`, rooms: { join } };
}
