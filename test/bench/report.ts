import { stripVTControlCharacters, styleText } from 'node:util';
import { markdownPage, type Table } from '../bench-report/markdown-page.ts';
import { type Verdict, verdictColors } from '../bench-sessions/figure.ts';
import type { Surroundings } from '../bench-sessions/surroundings.ts';

/** What the figures mean. */
const method: readonly string[] = [
  'The vendor is a process of its own that answers at once, as Linq does (204, nothing in it) and as ConnectSafely does (200, some JSON). Each contender is a process of its own, too, and makes 400 calls with 32 in flight when it is its turn; then the next one has its turn. Where the system has `taskset`, the vendor has one processor and whoever is measured another one.',
  '**CPU per call** is `process.cpuUsage`, all threads, so that the collection of garbage counts; the median of all rounds, and between which values half of them lie. A ratio compares two contenders in the same round, and is the median of those: on a machine that does other things besides, ratios are all that counts.',
  'Every call is one request, which the vendor counts: each conversation of a round is another one, and between two rounds its reply goes out (`messageSent`, not measured). `sendTyping` is `send` of `createTyping`, with engine, adapter and all; the others are the plain call with the key in its header, the body read and JSON parsed.',
  '**Sockets** are connections that the vendor accepted over TLS, for 10,000 calls with 1,000 in flight.',
  '**Cold start** is what `import()` takes in a fresh process, from the packed tarballs as npm installs them, or from a bundle of esbuild. In a bundle is `createTyping` and one adapter, all that they need included.',
  'A bound missed by up to 15 %, which is what one run differs from the next, counts as *close*; beyond that the command ends with exit code 1.',
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
