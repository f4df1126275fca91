import { round } from '../bench-sessions/figure.ts';
import type { Surroundings } from '../bench-sessions/surroundings.ts';
import type { HandlerCalls } from './handler-calls.ts';
import type { OverLoopback, Server } from './over-loopback.ts';

type Row = readonly string[];
type Servers = Readonly<Record<Server, OverLoopback>>;
/** What is compared: the webhook with a server that reads the body and answers. */
export type Loopback = Pick<Servers, 'webhook' | 'floor' | 'empty'>;

export interface Bounds {
  /** How much more of a processor the webhook may need than a server that reads the body and answers. */
  readonly timesEmpty: number;
  /** And how much more than one that does the same by hand, where even that is over the first bound. */
  readonly timesFloor: number;
}

export function isMet(loopback: Loopback, { timesEmpty, timesFloor }: Bounds): boolean {
  const { webhook, floor, empty } = loopback;
  const isOutOfReach = floor.mainMicros > timesEmpty * empty.mainMicros;
  const isAtFloor = webhook.mainMicros <= timesFloor * floor.mainMicros;
  return ratio(loopback) <= timesEmpty || (isOutOfReach && isAtFloor);
}

/** How many times as much of a processor the webhook needs: of the thread that runs JavaScript. */
export function ratio({ webhook, empty }: Loopback): number {
  return webhook.mainMicros / empty.mainMicros;
}

const method: readonly string[] = [
  'Every event is unique, signed just before it is sent, for one of 10,000 chats that start and stop in turn. All options are at their defaults.',
  '**Over loopback** is a `node:http` server in one process, and a client in another that sends the events on 32 connections, one at a time on each. Events are created and signed beforehand, in batches, and that time is not counted. A **server without typingkit** reads the body and answers: the cost of HTTP. **In a function of yours** is `toNodeHandler((request) => receive(request))`: that function gets a `Request`, which Node has to create; the webhook alone needs none. **The same by hand** is the floor (`test/bench-webhook/floor.ts`): size, time limit, age, signature, deduplication and JSON over `node:http` and `node:crypto`, for one vendor and one secret.',
  '**Handler alone** is the handler called with a `Request`, 500 at a time: the body is read, the signature checked, the event parsed, compared with the last event of its chat, and passed to an `onTyping` that counts. Creating and signing the events is not counted.',
  'A second by the clock is shared with everything else on the machine: see the load average. Processor time is not. **By the processor** is one second of the main thread divided by its time per event: what a process handles with a processor to itself. **All threads** adds those that compile and collect garbage.',
  '**Grown** is the growth of the heap, after a forced collection, from the end of the first tenth of the events to the end of the last. By then the stores of events and chats are full: 10,000 of each.',
];

export function printedReport(calls: HandlerCalls, loopback: Servers, bounds: Bounds): string {
  const tables = [loopbackRows(loopback), handlerRows(calls)];
  const printed = tables.map((rows) => `${inColumns(rows)}\n`).join('\n');
  return `${printed}\n${verdict(loopback, bounds)}\n`;
}

export function markdownReport(
  { date, node, processor, processors, load, commit }: Surroundings,
  calls: HandlerCalls,
  loopback: Servers,
  bounds: Bounds,
): string {
  const where = `${date}, Node ${node}, ${processors} × ${processor}`;
  const lines = [
    '# What a webhook costs',
    '',
    'Written by `pnpm bench:webhook`; to change a figure, change `@typingkit/core/webhook`.',
    '',
    `${where}, load average ${round(load)} before it began${commit ? `, commit ${commit}` : ''}.`,
    '',
    ...section('Over loopback, the server in a process of its own', loopbackRows(loopback)),
    `${verdict(loopback, bounds)} It is the middle one of three rounds, measured in turns.`,
    '',
    ...section('Handler alone', handlerRows(calls)),
    '## How it is measured',
    '',
    ...method.map((words) => `- ${words}`),
  ];
  return `${lines.join('\n')}\n`;
}

function verdict(loopback: Loopback, bounds: Bounds): string {
  const { webhook, floor, empty } = loopback;
  const times = ratio(loopback).toFixed(2);
  const ofFloor = (floor.mainMicros / empty.mainMicros).toFixed(2);
  const overFloor = (webhook.mainMicros / floor.mainMicros).toFixed(2);
  const said = isMet(loopback, bounds) ? 'met' : 'MISSED';
  return [
    `The webhook needs ${times} × the main thread of the server without typingkit; at most ${bounds.timesEmpty} × is the bound.`,
    `The same by hand needs ${ofFloor} ×; the webhook ${overFloor} × of that, at most ${bounds.timesFloor} × where the floor is over the bound: ${said}.`,
  ].join(' ');
}

function section(title: string, [head = [], ...rows]: readonly Row[]): string[] {
  const table = [head, head.map(() => '---'), ...rows];
  return [`## ${title}`, '', ...table.map((cells) => `| ${cells.join(' | ')} |`), ''];
}

function inColumns(rows: readonly Row[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function loopbackRows({ webhook, wrapped, floor, empty }: Servers): Row[] {
  const row = (what: string, value: (served: OverLoopback) => string): Row => [
    what,
    ...[webhook, wrapped, floor, empty].map(value),
  ];
  return [
    ['', 'webhook', 'in a function of yours', 'the same by hand', 'server without typingkit'],
    row('events', ({ events }) => whole(events)),
    row('events a second, by the clock', ({ perSecond }) => whole(perSecond)),
    row('events a second, by the processor', ({ mainMicros }) => whole(1e6 / mainMicros)),
    row('main thread, for each event', ({ mainMicros }) => micros(mainMicros)),
    row('all threads, for each event', ({ wholeMicros }) => micros(wholeMicros)),
    row('heap grown, first tenth to end', ({ grownBytes }) => kilobytes(grownBytes)),
    row('heap at the end', ({ heapBytes }) => megabytes(heapBytes)),
    row('memory of the whole process (RSS)', ({ residentBytes }) => megabytes(residentBytes)),
  ];
}

function handlerRows(calls: HandlerCalls): Row[] {
  return [
    ['', 'handler'],
    ['events', whole(calls.events)],
    ['events a second, by the clock', whole(calls.eventsPerSecond)],
    ['events a second, by the processor', whole(1e6 / calls.mainMicros)],
    ['main thread, for each event', micros(calls.mainMicros)],
    ['heap grown, first tenth to end', kilobytes(calls.grownBytes)],
    ['heap at the end', megabytes(calls.heapBytes)],
    ['memory of the whole process (RSS)', megabytes(calls.residentBytes)],
  ];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function micros(value: number): string {
  return `${round(value)} µs`;
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1_000).toLocaleString('en')} kB`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
}
