import { round } from '../bench-sessions/figure.ts';
import type { Surroundings } from '../bench-sessions/surroundings.ts';
import type { HandlerCalls } from './handler-calls.ts';
import type { OverLoopback } from './over-loopback.ts';

type Line = readonly [what: string, measured: string];

const method: readonly string[] = [
  'Every event is one of its own, signed just before it is sent, for one of 10,000 chats that start and stop in turns. All options are at their defaults.',
  '**Handler alone** is the handler called with a `Request`, 500 at a time: the body is read, the signature checked, the event parsed, compared with what its chat was last heard of, and handed to an `onTyping` that counts. To make and sign the events is not counted.',
  '**Over loopback** is a server of `node:http` with `toNodeHandler`, and in the same process the client that sends the events on 32 connections, on each one after the other: server and client share the main thread. The same client against a server that reads the body and answers says how much of it is not ours. Making and signing is not counted here either.',
  'A second of the clock is shared with whatever else the machine did: see the load average. The time of the main thread is not, and a million of its microseconds divided by it is what a machine with nothing else to do handles in a second.',
  '**Grown** is what the heap is larger by, after a forced collection, between the end of the first tenth of the events and the end of the last. The memory of events and chats is full by then: 10,000 of each.',
];

export function printedReport(calls: HandlerCalls, loopback: OverLoopback): string {
  const lines = [...callLines(calls), ...loopbackLines(loopback)];
  const width = Math.max(...lines.map(([what]) => what.length));
  return lines.map(([what, measured]) => `${what.padEnd(width)}  ${measured}\n`).join('');
}

export function markdownReport(
  { date, node, processor, processors, load, commit }: Surroundings,
  calls: HandlerCalls,
  loopback: OverLoopback,
): string {
  const where = `${date}, Node ${node}, ${processors} × ${processor}`;
  const lines = [
    '# What a webhook costs',
    '',
    'Written by `pnpm bench:webhook`; to change a figure, change `@typingkit/linq/webhook`.',
    '',
    `${where}, load average ${round(load)} before it began${commit ? `, commit ${commit}` : ''}.`,
    '',
    ...section(`${calls.events.toLocaleString('en')} events, handler alone`, callLines(calls)),
    ...section(
      `${loopback.events.toLocaleString('en')} events over loopback, server and client in one process`,
      loopbackLines(loopback),
    ),
    '## How it is measured',
    '',
    ...method.map((words) => `- ${words}`),
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, lines: readonly Line[]): string[] {
  const rows = lines.map(([what, measured]) => `| ${what} | ${measured} |`);
  return [`## ${title}`, '', '|  | Measured |', '| --- | --- |', ...rows, ''];
}

function callLines(calls: HandlerCalls): Line[] {
  return [
    ['handler alone: events a second', whole(calls.eventsPerSecond)],
    ['handler alone: main thread, for each event', `${round(calls.mainMicros)} µs`],
    ['heap grown, first tenth to end', kilobytes(calls.grownBytes)],
    ['heap at the end', megabytes(calls.heapBytes)],
    ['memory of the whole process (RSS)', megabytes(calls.residentBytes)],
  ];
}

function loopbackLines({ webhook, empty, grownBytes, residentBytes }: OverLoopback): Line[] {
  return [
    ['over loopback: events a second', whole(webhook.perSecond)],
    ['over loopback: main thread, server and client', `${round(webhook.mainMicros)} µs`],
    ['the same without typingkit: a second', whole(empty.perSecond)],
    ['the same without typingkit: main thread', `${round(empty.mainMicros)} µs`],
    ['heap grown, first tenth to end, over loopback', kilobytes(grownBytes)],
    ['memory of the whole process (RSS), over loopback', megabytes(residentBytes)],
  ];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1_000).toLocaleString('en')} kB`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
}
