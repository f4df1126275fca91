import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Lateness } from './lateness.ts';
import type { MemberNews, MemberOrder, MemberSettings } from './member-process.ts';

/** What reached the vendor. */
export interface WireLine {
  readonly by: number;
  readonly what: 'start' | 'started' | 'stop';
  readonly chat: string;
  readonly atMs: number;
}

/** What a process has said of Redis. */
export interface RedisNews {
  readonly by: number;
  readonly state: 'away' | 'back';
  readonly atMs: number;
}

const program = fileURLToPath(new URL('member-process.ts', import.meta.url));
let prefixes = 0;

/** Real processes on one Redis, and the vendor behind them, which writes down what they send. */
export class Members {
  readonly wire: WireLine[] = [];
  readonly redisNews: RedisNews[] = [];
  readonly failures: string[] = [];
  readonly lateness: Lateness = new Lateness();
  readonly prefix: string;
  readonly #settings: MemberSettings;
  readonly #children: ChildProcess[] = [];
  readonly #sessions = new Map<string, string>();
  /** When the stop of a session was done, as its process has said. */
  readonly stoppedAtMs: Map<string, number> = new Map();

  constructor(settings: Omit<MemberSettings, 'prefix'>) {
    this.prefix = `members-${process.pid}-${(prefixes += 1)}`;
    this.#settings = { ...settings, prefix: this.prefix };
  }

  /** @returns its number. */
  async start(): Promise<number> {
    const by = this.#children.length;
    const child = fork(program, [JSON.stringify(this.#settings)], { stdio: 'inherit' });
    this.#children.push(child);
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error('a member has ended at once')));
      child.on('message', (news: MemberNews) => {
        if (news.news === 'ready') resolve();
        else this.#hear(by, news);
      });
    });
    return by;
  }

  async startMany(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.start()));
  }

  order(by: number, given: MemberOrder): void {
    this.#children[by]?.send(given);
  }

  /** Opens a session that is then known by its name. */
  keep(by: number, name: string, chat: string, idleTimeoutMs?: number): void {
    const given = { order: 'keep', chat, name } as const;
    this.order(by, idleTimeoutMs === undefined ? given : { ...given, idleTimeoutMs });
  }

  /** Does something to a session, from any process. @returns whether its id is known. */
  toSession(by: number, order: 'touch' | 'messageSent' | 'stop', name: string): boolean {
    const id = this.#sessions.get(name);
    if (id === undefined) return false;
    this.order(by, { order, id });
    return true;
  }

  signal(by: number, signal: NodeJS.Signals): void {
    this.#children[by]?.kill(signal);
  }

  /** @returns what lets it go on. */
  freeze(by: number): () => void {
    const fromMs = Date.now();
    this.signal(by, 'SIGSTOP');
    return () => {
      this.signal(by, 'SIGCONT');
      this.lateness.excuse(fromMs, Date.now());
    };
  }

  /** The id of a session, once its process has told it. */
  idOf(name: string): string | undefined {
    return this.#sessions.get(name);
  }

  startsOf(chat?: string): WireLine[] {
    return this.wire.filter(
      (line) => line.what === 'start' && (chat === undefined || line.chat === chat),
    );
  }

  stopsOf(chat?: string): WireLine[] {
    return this.wire.filter(
      (line) => line.what === 'stop' && (chat === undefined || line.chat === chat),
    );
  }

  close(): void {
    for (const child of this.#children) child.kill('SIGKILL');
  }

  #hear(by: number, news: MemberNews): void {
    switch (news.news) {
      case 'kept':
        this.#sessions.set(news.name, news.id);
        return;
      case 'start':
      case 'started':
      case 'stop':
        this.wire.push({ by, what: news.news, chat: news.chat, atMs: news.atMs });
        return;
      case 'redis':
        this.redisNews.push({ by, state: news.state, atMs: news.atMs });
        return;
      case 'late':
        this.lateness.note(news.fromMs, news.toMs);
        return;
      case 'stopped':
        this.stoppedAtMs.set(news.id, news.atMs);
        return;
      case 'failed':
        this.failures.push(news.message);
        return;
      case 'ready':
    }
  }
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The longest time between two starts of each of these conversations, until now, in milliseconds. */
export function longestGapMs(wire: readonly WireLine[], chats: readonly string[]): number {
  const nowMs = Date.now();
  return Math.max(
    ...chats.map((chat) => {
      const timesMs = wire
        .filter((line) => line.what === 'start' && line.chat === chat)
        .map(({ atMs }) => atMs)
        .toSorted((one, other) => one - other);
      const gapsMs = [...timesMs, nowMs].map((atMs, index) => atMs - (timesMs[index - 1] ?? atMs));
      return Math.max(...gapsMs);
    }),
  );
}

/** How many starts there were in the busiest 100 ms. */
export function busiest(wire: readonly WireLine[]): number {
  const timesMs = wire
    .filter(({ what }) => what === 'start')
    .map(({ atMs }) => atMs)
    .toSorted((one, other) => one - other);
  let most = 0;
  let from = 0;
  for (const [index, atMs] of timesMs.entries()) {
    while ((timesMs[from] ?? atMs) < atMs - 100) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}
