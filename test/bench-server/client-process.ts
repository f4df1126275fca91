import { Pool } from 'undici';
import { percentile } from './percentile.ts';

/** What the client is told. */
export interface Load {
  readonly url: string;
  readonly sessions: number;
  readonly requestsPerSecond: number;
  readonly seconds: number;
}

/** What a request is, and how long its answer took from when it was due: a server that stands still is not spared. */
export interface Latencies {
  readonly name: string;
  readonly requests: number;
  readonly failed: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly worstMs: number;
}

const headers = { 'content-type': 'application/json' };
const longMs = 3_600_000;
const warmUpSeconds = 3;

process.once('message', (load: Load) => {
  void measure(load).then((latencies) => {
    process.send?.(latencies);
    process.disconnect();
  });
});

async function measure({ url, sessions, requestsPerSecond, seconds }: Load): Promise<Latencies[]> {
  const pool = new Pool(url, { connections: 64 });
  const taken = new Map<string, number[]>();
  let failed = 0;
  let countedFromMs = Infinity;

  async function ask(method: 'POST' | 'DELETE', path: string, body?: object): Promise<string> {
    const response = await pool.request({
      method,
      path,
      ...(body && { headers, body: JSON.stringify(body) }),
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) failed += 1;
    return text;
  }

  async function open(id: string): Promise<string> {
    const options = { idleTimeoutMs: longMs, maxDurationMs: longMs };
    const text = await ask('POST', '/v1/sessions', { channel: 'chat', target: { id }, ...options });
    const session: { readonly id: string } = JSON.parse(text);
    return session.id;
  }

  /** Those that are touched, and those that are opened and ended meanwhile. */
  const ids: string[] = [];
  const more: string[] = [];
  for (let next = 0; next < sessions; next += 100) {
    const some = Array.from({ length: Math.min(100, sessions - next) }, (_, at) =>
      open(`${next + at}`),
    );
    ids.push(...(await Promise.all(some)));
  }

  async function timed(name: string, dueMs: number, run: () => Promise<unknown>): Promise<void> {
    await run().catch(() => (failed += 1));
    if (dueMs < countedFromMs) return;
    const list = taken.get(name) ?? [];
    list.push(performance.now() - dueMs);
    taken.set(name, list);
  }

  const total = requestsPerSecond * (warmUpSeconds + seconds);
  const beginMs = performance.now();
  // Before that V8 compiles.
  countedFromMs = beginMs + warmUpSeconds * 1_000;
  const underWay: Promise<void>[] = [];
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, ((performance.now() - beginMs) / 1_000) * requestsPerSecond);
    for (; sent < due; sent += 1) {
      const dueMs = beginMs + (sent / requestsPerSecond) * 1_000;
      underWay.push(one(sent, dueMs));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
  await pool.close();
  return [...taken].map(([name, list]) => {
    const sorted = list.toSorted((a, b) => a - b);
    return {
      name,
      requests: sorted.length,
      failed,
      medianMs: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
      worstMs: sorted.at(-1) ?? 0,
    };
  });

  /** Of ten requests eight touch, one sends, and one opens or ends a session. */
  function one(number: number, dueMs: number): Promise<void> {
    const place = (number * 7_919) % ids.length;
    const kind = number % 10;
    if (kind === 8) {
      const body = { channel: 'chat', target: { id: `once ${number}` } };
      return timed('send', dueMs, () => ask('POST', '/v1/send', body));
    }
    if (kind === 9 && number % 20 === 9)
      return timed('open', dueMs, async () => more.push(await open(`more ${number}`)));
    const ending = kind === 9 ? more.shift() : undefined;
    if (ending !== undefined)
      return timed('end', dueMs, () => ask('DELETE', `/v1/sessions/${ending}`));
    return timed('touch', dueMs, () => ask('POST', `/v1/sessions/${ids[place]}/touch`));
  }
}
