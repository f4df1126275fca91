import { styled } from './printable.ts';
import { wrapped } from './wrapped.ts';

const gap = '  ';
/**
 * Rows in columns, as wide as their widest cell. Where that is wider than the terminal, the widest columns give way, and
 * their cells break between words; where not even that fits, each row is a sentence.
 *
 * @param width in characters. Default: that of the terminal, or any in a pipe.
 */
export function table(
  titles: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
  width: number | undefined = process.stdout.isTTY ? process.stdout.columns : undefined,
): string[] {
  const all = titles ? [titles, ...rows] : rows;
  const natural = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  const longestWords = natural.map((_, column) =>
    Math.max(...all.flatMap((row) => (row[column] ?? '').split(/\s+/).map(({ length }) => length))),
  );
  const widths = width === undefined ? natural : narrowed(natural, longestWords, width);
  if (!widths) return asLists(titles, rows, width);
  return all.flatMap((row, index) => {
    const cells = row.map((cell, column) => wrapped(cell, widths[column]));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) => {
      const parts = cells.map((lines, column) => (lines[line] ?? '').padEnd(widths[column] ?? 0));
      const text = parts.join(gap).trimEnd();
      return titles && index === 0 ? styled('bold', text) : text;
    });
  });
}

/** The widths with the widest made narrower until all fit. Nothing where they cannot. */
function narrowed(
  natural: readonly number[],
  least: readonly number[],
  width: number,
): readonly number[] | undefined {
  const widths = [...natural];
  const total = (): number =>
    widths.reduce((sum, each) => sum + each, 0) + gap.length * Math.max(0, widths.length - 1);
  while (total() > width) {
    const spare = widths.map((each, column) => (each > (least[column] ?? 0) ? each : 0));
    const widest = Math.max(...spare);
    if (widest <= 0) return undefined;
    widths[spare.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/** Each row as one sentence of its cells. */
function asLists(
  titles: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
  width: number | undefined,
): string[] {
  return rows.flatMap(([first = '', ...more]) => {
    const facts = more.map((cell, column) => {
      const title = titles?.[column + 1]?.toLowerCase();
      return title === undefined ? cell : `${title}: ${cell}`;
    });
    // Indented, so that what follows the first line is.
    const [line = '', ...others] = wrapped(`  ${first} ${facts.join('; ')}`, width);
    return [line.trimStart(), ...others];
  });
}
