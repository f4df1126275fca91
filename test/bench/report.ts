import { stripVTControlCharacters, styleText } from 'node:util';
import { markdownPage, type Table } from '../bench-report/markdown-page.ts';
import { type Verdict, verdictColors } from '../bench-sessions/figure.ts';
import type { Surroundings } from '../bench-sessions/surroundings.ts';

/** What the figures mean. */
const method: readonly string[] = [
  'The vendor is a separate process that answers at once, as Linq does (204, no body) and as ConnectSafely does (200, some JSON). Each contender is also a separate process. They take turns, each with 400 calls, 32 in flight. If the system has `taskset`, the vendor runs on one processor and the contender on another.',
  '**CPU per call** is `process.cpuUsage`, all threads, so that garbage collection counts: the median of all rounds, and the range that holds half of them. A ratio compares two contenders in the same round, and is the median of all rounds: on a machine that is also doing other work, only ratios are meaningful.',
  'Every call is one request, which the vendor counts: each call of a round has its own conversation, and between two rounds the reply is sent (`messageSent`, not measured). `sendTyping` is `send` of `createTyping`, with the engine and the adapter; the others are the plain call with the key in its header, the body read and the JSON parsed.',
  '**Sockets** are connections that the vendor accepted over TLS, for 10,000 calls with 1,000 in flight.',
  '**Cold start** is what `import()` takes in a fresh process, from the packed tarballs as npm installs them, or from an esbuild bundle. A bundle contains `createTyping`, one adapter and all that they need.',
  'A bound missed by up to 15 %, which is the variation between runs, counts as *close*; beyond that the command exits with code 1.',
];

export function printedReport({ title, header, rows }: Table): string {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((cells) => (cells[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, column) => colored(cell, widths[column] ?? 0)).join('  ')}`.trimEnd();
  return [
    styleText('bold', stripVTControlCharacters(title)),
    ...[header, ...rows].map(line),
    '',
  ].join('\n');
}

export function markdownReport(where: Surroundings, tables: readonly Table[]): string {
  const title = 'What a call costs';
  return markdownPage({ title, command: 'pnpm bench', subject: 'the code', tables, method }, where);
}

function colored(cell: string, width: number): string {
  const padded = cell.padEnd(width);
  return cell in verdictColors ? styleText(verdictColors[cell as Verdict], padded) : padded;
}
