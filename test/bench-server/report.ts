import { markdownPage, type Table } from '../bench-report/markdown-page.ts';
import { round } from '../bench-sessions/figure.ts';
import type { Surroundings } from '../bench-sessions/surroundings.ts';
import type { Latencies, Load } from './client-process.ts';
import type { EventCost } from './event-cost.ts';
import type { InProcess } from './in-process.ts';
import type { ServerFigures } from './server-process.ts';

/** Everything that was measured. */
export interface Measured {
  readonly load: Omit<Load, 'url'>;
  readonly latencies: readonly Latencies[];
  readonly server: ServerFigures;
  readonly vanished: {
    readonly clients: number;
    /** How many of their sessions ended by their cap. */
    readonly ended: number;
    /** How many of their indicators were cleared. */
    readonly cleared: number;
    /** How many sessions of others ended. */
    readonly othersLost: number;
  };
  readonly inProcess: InProcess;
  readonly eventCost: EventCost;
}

/** In milliseconds, and in microseconds of the processor. */
const slowestP99Ms = 20;
const dearestEvent = 1;

/** The bounds that are missed, in words. */
export function misses({ eventCost, latencies, vanished }: Measured): string[] {
  const { clients, cleared, ended, othersLost } = vanished;
  const slow = latencies
    .filter(({ p99Ms }) => !(p99Ms <= slowestP99Ms))
    .map(({ name, p99Ms }) => `${name}: p99 ${round(p99Ms)} ms, bound ${slowestP99Ms} ms`);
  return [
    ...slow,
    ...(latencies.some(({ failed }) => failed > 0) ? ['requests failed'] : []),
    ...(ended < clients || cleared < clients ? ['clients that vanished left something'] : []),
    ...(othersLost > 0 ? ['sessions of others were lost'] : []),
    ...(eventCost.withSdk > dearestEvent ? [`an event costs ${round(eventCost.withSdk)} µs`] : []),
  ];
}

export function printedReport(measured: Measured): string {
  const tables = tablesOf(measured).map(({ title, rows }) =>
    [title, ...rows.map((cells) => `  ${cells.join('  ')}`)].join('\n'),
  );
  const missed = misses(measured).map((words) => `missed: ${words}`);
  return `${[...tables, ...(missed.length > 0 ? missed : ['all bounds hold'])].join('\n')}\n`;
}

export function markdownReport(where: Surroundings, measured: Measured): string {
  const { seconds, requestsPerSecond, sessions } = measured.load;
  const page = markdownPage(
    {
      title: 'What the server costs',
      command: 'pnpm bench:server',
      subject: '`packages/server` or `packages/opentelemetry`',
      tables: tablesOf(measured),
      method: [
        `The server runs on one processor, the client on another. A provider in the server's process answers at once. ${sessions.toLocaleString('en')} sessions refresh every 4 s while the client makes ${requestsPerSecond.toLocaleString('en')} requests a second for ${seconds} s, over 64 connections.`,
        'Of ten requests eight touch a session, one sends, and one opens or ends a session. A request counts from when it was due, not from when it was sent: a server that stands still is not spared. Three seconds before that are not counted: V8 compiles meanwhile.',
        'The clients that vanish have a connection and a session each, touch every 20 ms, and are killed with `kill -9`, all at once.',
        'Costs are time of the processor (`process.cpuUsage`), divided by the number of calls.',
      ],
    },
    where,
  );
  return page;
}

function tablesOf({ eventCost, inProcess, latencies, server, vanished }: Measured): Table[] {
  const beside: Readonly<Record<string, string>> = {
    touch: `${round(inProcess.touch)} µs`,
    send: `${round(inProcess.send)} µs`,
    open: `${round(inProcess.openAndEnd)} µs with its end`,
  };
  return [
    {
      title: 'Requests',
      header: [
        'request',
        'how many',
        'median',
        'p99',
        'bound',
        'slowest',
        'the same call in the process',
      ],
      rows: latencies.map(({ name, requests, medianMs, p99Ms, worstMs }) => [
        name,
        requests.toLocaleString('en'),
        `${round(medianMs)} ms`,
        `${round(p99Ms)} ms`,
        `${slowestP99Ms} ms`,
        `${round(worstMs)} ms`,
        beside[name] ?? 'with opening',
      ]),
      notes: [],
    },
    {
      title: 'The server meanwhile',
      header: ['', ''],
      rows: [
        ['sessions alive', server.alive.toLocaleString('en')],
        [
          'lateness of refreshes, median and p99',
          `${round(server.latenessMs.median)} and ${round(server.latenessMs.p99)} ms`,
        ],
        ['share of its processor, with opening', `${round(server.processorShare * 100)} %`],
        ['memory', `${round(server.megabytes)} MB`],
      ],
      notes: [],
    },
    {
      title: 'Clients that vanish',
      header: ['', ''],
      rows: [
        ['clients that were killed at once', String(vanished.clients)],
        ['of their sessions ended by their cap', String(vanished.ended)],
        ['of their indicators cleared', String(vanished.cleared)],
        ['sessions of others lost', String(vanished.othersLost)],
      ],
      notes: [],
    },
    {
      title: 'Measuring an event',
      header: ['', 'of the processor', 'bound'],
      rows: [
        [
          'with the SDK of OpenTelemetry, whose own work is in it',
          `${round(eventCost.withSdk)} µs`,
          `${dearestEvent} µs`,
        ],
        ['with nobody who exports', `${round(eventCost.alone)} µs`, ''],
      ],
      notes: [],
    },
  ];
}
