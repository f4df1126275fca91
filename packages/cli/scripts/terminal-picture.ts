import type { IBufferCell as Cell, Terminal } from '@xterm/headless';

/** Characters that look the same, side by side. */
interface Run {
  readonly column: number;
  readonly text: string;
  readonly style: string;
}

const characterWidth = 8.43;
const lineHeight = 20;
const margin = 20;
const titleBar = 36;
/** The first sixteen colours of a terminal, as a dark one shows them. */
const colours = [
  ['#484f58', '#ff7b72', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#c9d1d9'],
  ['#6e7681', '#ffa198', '#7ee787', '#f2cc60', '#a5d6ff', '#e2c5ff', '#b3f0ff', '#f0f6fc'],
].flat();

/** What stands on the screen of a terminal, with its colours, as an SVG picture. */
export function terminalPicture(screen: Terminal, title: string): string {
  const rows = rowsOf(screen);
  const width = Math.ceil(screen.cols * characterWidth + 2 * margin);
  const height = rows.length * lineHeight + titleBar + 2 * margin;
  const lines = rows.flatMap((runs, row) => runs.map((run) => textElement(run, row)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
  <title>${escaped(title)}</title>
  <rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>
  <g fill="#30363d"><circle cx="24" cy="22" r="6"/><circle cx="44" cy="22" r="6"/><circle cx="64" cy="22" r="6"/></g>
  <g font-family='ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace' font-size="14" fill="#e6edf3">
${lines.join('\n')}
  </g>
</svg>
`;
}

function textElement({ column, text, style }: Run, row: number): string {
  const x = (margin + column * characterWidth).toFixed(1);
  const y = titleBar + margin + row * lineHeight;
  const length = (text.length * characterWidth).toFixed(1);
  // With its length it fits the columns in every font.
  return `    <text x="${x}" y="${y}" textLength="${length}"${style}>${escaped(text)}</text>`;
}

function rowsOf({ buffer: { active } }: Terminal): Run[][] {
  const rows = Array.from({ length: active.length }, (_, index) => {
    const line = active.getLine(index);
    const cells = Array.from({ length: line?.length ?? 0 }, (__, column) => line?.getCell(column));
    return runsOf(cells);
  });
  return rows.slice(0, rows.findLastIndex((runs) => runs.length > 0) + 1);
}

function runsOf(cells: readonly (Cell | undefined)[]): Run[] {
  const runs: { column: number; text: string; style: string }[] = [];
  for (const [column, cell] of cells.entries()) {
    const style = cell ? styleOf(cell) : '';
    const character = cell?.getChars() || ' ';
    const last = runs.at(-1);
    if (last?.style === style) last.text += character;
    else runs.push({ column, text: character, style });
  }
  for (const run of runs) run.text = run.text.trimEnd();
  return runs.filter(({ text }) => text !== '');
}

function styleOf(cell: Cell): string {
  const colour = cell.isFgPalette() ? colours[cell.getFgColor()] : undefined;
  return [
    colour && ` fill="${colour}"`,
    cell.isBold() && ' font-weight="700"',
    cell.isDim() && ' opacity="0.6"',
  ]
    .filter(Boolean)
    .join('');
}

function escaped(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  // Of other spaces a picture shows one where there are many.
  return safe.replaceAll(' ', '\u00A0');
}
