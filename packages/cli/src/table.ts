import { styled } from './printable.ts';

/** Rows in columns, as wide as their widest cell, a line each. */
export function table(
  titles: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
): string[] {
  const all = titles ? [titles, ...rows] : rows;
  const widths = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all.map((row, index) => {
    const line = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    const text = line.trimEnd();
    return titles && index === 0 ? styled('bold', text) : text;
  });
}
