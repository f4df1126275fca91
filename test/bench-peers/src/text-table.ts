const gap = '  ';

/** A table for a terminal: the cells are wrapped at blanks. */
export function textTable(rows: readonly (readonly string[])[], widths: readonly number[]): string {
  const rule = widths.map((width) => '─'.repeat(width)).join(gap);
  const blocks = rows.map((row) => {
    const cells = row.map((cell, column) => wrap(cell, widths[column] ?? 0));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, column) => (lines[line] ?? '').padEnd(widths[column] ?? 0))
        .join(gap)
        .trimEnd(),
    ).join('\n');
  });
  return blocks.join(`\n${rule}\n`);
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const longer = line ? `${line} ${word}` : word;
    if (line && longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
