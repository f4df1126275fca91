import type { BubbleInterval } from '@typingkit/simulator';

/** What happened on one channel, in milliseconds from the person's message on. */
export interface Row {
  readonly label: string;
  /** When a start reached the platform. */
  readonly startsAtMs: readonly number[];
  /** When a reply did. */
  readonly repliesAtMs: readonly number[];
  readonly seen: readonly BubbleInterval[];
}

const columnMs = 400;
const tickMs = 4_000;
const endMs = 20_000;

/** Draws what each recipient saw, one line for each channel. */
export function picture(rows: readonly Row[]): string {
  const indent = Math.max(...rows.map(({ label }) => label.length)) + 4;
  const columnsPerTick = tickMs / columnMs;
  const ticks = Array.from({ length: endMs / tickMs + 1 }, (_, tick) => (tick * tickMs) / 1000);
  const numbers = ticks.map((second) => String(second).padEnd(columnsPerTick)).join('');
  const ruler = `+${`${'-'.repeat(columnsPerTick - 1)}+`.repeat(endMs / tickMs)}`;
  const lines = rows.map(({ label, startsAtMs, repliesAtMs, seen }) => {
    const cells = Array.from({ length: endMs / columnMs + 1 }, () => ' ');
    for (const { fromMs, toMs } of seen) {
      cells.fill('=', columnOf(fromMs), columnOf(toMs ?? endMs));
    }
    for (const atMs of startsAtMs) cells[columnOf(atMs)] = '^';
    for (const atMs of repliesAtMs) cells[columnOf(atMs)] = '@';
    return `  ${label.padEnd(indent - 2)}${cells.join('')}`;
  });
  return [`${' '.repeat(indent)}${numbers.trimEnd()} s`, `${' '.repeat(indent)}${ruler}`, ...lines]
    .map((line) => line.trimEnd())
    .join('\n');
}

function columnOf(atMs: number): number {
  return Math.round(atMs / columnMs);
}
