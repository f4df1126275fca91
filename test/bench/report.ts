import { stripVTControlCharacters, styleText } from 'node:util';
import { round, type Verdict } from '../bench-sessions/figure.ts';
import type { Surroundings } from '../bench-sessions/surroundings.ts';

/** A part of the report. */
export interface Table {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** What the figures mean. */
const method: readonly string[] = [
  'The vendor is a process of its own that answers at once, as Linq does (204, nothing in it) and as ConnectSafely does (200, some JSON). Each contender is a process of its own, too, and makes 400 calls with 32 in flight when it is its turn; then the next one has its turn. Where the system has `taskset`, the vendor has one processor and whoever is measured another one.',
  '**CPU per call** is `process.cpuUsage`, all threads, so that the collection of garbage counts; the median of all rounds, and between which values half of them lie. A ratio compares two contenders in the same round, and is the median of those: on a machine that does other things besides, ratios are all that counts.',
  'Every call is one request, which the vendor counts: each conversation of a round is another one, and between two rounds its reply goes out (`messageSent`, not measured). `sendTyping` is `send` of `createTyping`, with engine, adapter and all; the others are the plain call with the key in its header, the body read and JSON parsed.',
  '**Sockets** are connections that the vendor accepted over TLS, for 10,000 calls with 1,000 in flight.',
  '**Cold start** is what `import()` takes in a fresh process, from the packed tarballs as npm installs them, or from a bundle of esbuild. In a bundle is `createTyping` and one adapter, all that they need included.',
  'A bound missed by up to 15 % counts as *close*; beyond that the command ends with exit code 1.',
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

export function markdownReport(
  { date, node, processor, processors, load, commit }: Surroundings,
  tables: readonly Table[],
): string {
  const where = `${date}, Node ${node}, ${processors} × ${processor}`;
  const lines = [
    '# What a call costs',
    '',
    'Written by `pnpm bench`; to change a figure, change the code.',
    '',
    `${where}, load average ${round(load)} before it began${commit ? `, commit ${commit}` : ''}.`,
    '',
    ...tables.flatMap(markdownTable),
    '## How it is measured',
    '',
    ...method.map((words) => `- ${words}`),
  ];
  return `${lines.join('\n')}\n`;
}

function markdownTable({ title, header, rows, notes }: Table): string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    row(header),
    row(header.map(() => '---')),
    ...rows.map(row),
    '',
    ...notes.flatMap((note) => [note, '']),
  ];
}

const colors: Readonly<Record<Verdict, 'green' | 'yellow' | 'red'>> = {
  pass: 'green',
  close: 'yellow',
  miss: 'red',
};

function colored(cell: string, width: number): string {
  const padded = cell.padEnd(width);
  return cell in colors ? styleText(colors[cell as Verdict], padded) : padded;
}
