import { markdownPage, type Table } from '../bench-report/markdown-page.ts';
import { round } from '../bench-sessions/figure.ts';
import type { Surroundings } from '../bench-sessions/surroundings.ts';
import type { AfterADeath } from './after-a-death.ts';
import type { BareCommands } from './bare-commands.ts';
import type { ManyConversations } from './many-conversations.ts';

export interface Measured {
  readonly bare: BareCommands;
  readonly inMemory: ManyConversations;
  readonly shared: ManyConversations;
  readonly budgeted: ManyConversations;
  readonly death: AfterADeath;
}

/** A figure against its bound. */
export interface Judged {
  readonly name: string;
  readonly value: string;
  readonly bound: string;
  readonly isKept: boolean;
}

const method: readonly string[] = [
  'Redis is a process of its own without persistence, new for each section. Its processor time is what `INFO cpu` says of its main thread, that of a process `process.cpuUsage`: both for all that was done, divided by how often it was done. **Ratios hold on other machines; absolute figures do not.**',
  'A bare BullMQ job is `queue.add` and a worker whose processor does nothing, one hundred at a time. It is also what opening costs where each refresh is a job of its own: the first one is added and processed. Bare commands and jobs are measured before and after everything else, and their mean counts. `SET` and `GET` are sent with automatic pipelining, 500 at a time.',
  'The provider answers in a microtask, and the cadence is 4 s, jittered up to a tenth earlier. What the owner of a conversation spends beyond the engine in memory is what the same process with the same conversations spends with `sharedTyping`, less what it spends with `createTyping`.',
  'The death of a process is measured with three processes and 300 conversations, a lease of 6 s and a vendor that takes 30 ms, by what the vendor sees.',
  'What a refresh cannot go below was found by taking commands out of its script one by one: `EVALSHA` of a script that returns at once costs 2.7 × `SET` with the keys and arguments of a refresh; the time, what is known of the conversation, the credential, and writing down when the next start is due bring it to about 5 ×; a budget (`LINDEX`, `LPUSH`, `PEXPIRE`) to about 7 ×. The rest is reading and writing of sockets for smaller batches than `SET` is sent in, and memory that is not in the cache.',
  'What 10 million conversations need is computed from the figures above, not measured.',
];

/** The cadence of each channel, in milliseconds: what its sessions refresh at. */
const cadences: readonly (readonly [string, number])[] = [
  ['Telegram, 4 s', 4_000],
  ['LinkedIn, 5 s', 5_000],
  ['Discord, 8 s', 8_000],
  ['WhatsApp, 20 s', 20_000],
  ['iMessage, 48 s', 48_000],
];

export function judged({ bare, budgeted, death, inMemory, shared }: Measured): Judged[] {
  const beyond = shared.refreshHere - inMemory.refreshHere;
  const lateMs = shared.startToStartP99Ms - inMemory.startToStartP99Ms;
  const figure = (name: string, value: string, bound: string, isKept: boolean): Judged => ({
    name,
    value,
    bound,
    isKept,
  });
  const ratio = (
    name: string,
    micros: number,
    times: number,
    unitMicros: number,
    unit: string,
  ): Judged =>
    figure(
      name,
      `${round(micros / unitMicros)} × ${unit} (${round(micros)} µs of ${round(unitMicros)} µs)`,
      `at most ${times} ×`,
      micros <= times * unitMicros,
    );
  const { adoptedAfterMs, averageTenth, busiestTenth, doubles, leaseMs } = death;
  return [
    ratio('refresh, in Redis', shared.refreshInRedis, 0.25, bare.jobInRedis, 'a bare BullMQ job'),
    ratio('refresh on a budget, in Redis', budgeted.refreshInRedis, 20, bare.setInRedis, '`SET`'),
    ratio(
      'refresh, in its owner, beyond the engine',
      beyond,
      5,
      bare.getInClient,
      '`GET` in a client',
    ),
    ratio(
      'open, in Redis',
      shared.openInRedis,
      0.5,
      bare.jobInRedis,
      'opening with a job for each refresh',
    ),
    figure(
      'memory in Redis for each session',
      `${Math.round(shared.bytesInRedis)} B`,
      'at most 600 B',
      shared.bytesInRedis <= 600,
    ),
    figure(
      `start to start, p99 at ${shared.count.toLocaleString('en')}`,
      `${Math.round(shared.startToStartP99Ms)} ms; in memory ${Math.round(inMemory.startToStartP99Ms)} ms`,
      'at most 100 ms more than in memory',
      lateMs <= 100,
    ),
    figure(
      'adoption after `kill -9`',
      `${round(adoptedAfterMs / 1_000)} s with a lease of ${leaseMs / 1_000} s`,
      'the lease, 2 s and one cadence, at most',
      adoptedAfterMs <= leaseMs + 2_000 + 4_000,
    ),
    figure(
      'busiest tenth of a second after it',
      `${round(busiestTenth / averageTenth)} × the average`,
      'at most 8 ×',
      busiestTenth <= 8 * averageTenth,
    ),
    figure('double starts after it', `${doubles}`, 'none', doubles === 0),
  ];
}

export function markdownReport(where: Surroundings, measured: Measured): string {
  const { shared } = measured;
  const share = 0.5;
  const carried = (cadenceMs: number): number =>
    ((1_000_000 / shared.refreshInRedis) * share * cadenceMs) / 1_000;
  const tables: Table[] = [
    {
      title: 'The bounds',
      header: ['', 'Measured', 'Bound', ''],
      rows: judged(measured).map(({ bound, isKept, name, value }) => [
        name,
        value,
        bound,
        isKept ? 'pass' : 'miss',
      ]),
      notes: [],
    },
    {
      title: 'How many conversations one core of Redis carries',
      header: ['Channel and cadence', 'Conversations', 'Cores of Redis for 10 million'],
      rows: cadences.map(([name, cadenceMs]) => [
        name,
        Math.floor(carried(cadenceMs)).toLocaleString('en', { maximumSignificantDigits: 2 }),
        round(10_000_000 / carried(cadenceMs)),
      ]),
      notes: [
        `With a core that is half busy, at ${round(shared.refreshInRedis)} µs a refresh. 10 million sessions take ${round((shared.bytesInRedis * 10_000_000) / 1e9)} GB in Redis. A cluster spreads credentials, not conversations: one credential has to fit on one core.`,
      ],
    },
  ];
  return markdownPage(
    {
      title: 'What sessions over several processes cost',
      command: 'pnpm bench:processes',
      subject: 'the scripts or the gate',
      tables,
      method,
    },
    where,
  );
}
