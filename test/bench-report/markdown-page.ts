import { round } from '../bench-sessions/figure.ts';
import type { Surroundings } from '../bench-sessions/surroundings.ts';

/** A part of a report. */
export interface Table {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** What a benchmark has to tell. */
export interface Page {
  readonly title: string;
  /** The command that writes the page. */
  readonly command: string;
  /** What to change for other figures. */
  readonly subject: string;
  readonly tables: readonly Table[];
  /** What the figures mean. */
  readonly method: readonly string[];
}

/** The page of a benchmark, as it stands in the documentation. */
export function markdownPage(
  { title, command, subject, tables, method }: Page,
  { date, node, processor, processors, load, commit }: Surroundings,
): string {
  const where = `${date}, Node ${node}, ${processors} × ${processor}`;
  const lines = [
    `# ${title}`,
    '',
    `Written by \`${command}\`; to change a figure, change ${subject}.`,
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
