import type { Glyphs, Look, Style } from './look.ts';

/** Something that happened at one moment. */
export interface Mark {
  readonly atMs: number;
  readonly kind: 'start' | 'stop' | 'message' | 'failure';
}

/** Something that lasted. */
export interface Bar {
  readonly fromMs: number;
  /** `null`: it lasts still. */
  readonly toMs: number | null;
  /** `bubble`: what a person saw. `hope`: what was asked for. `person`: what they did. */
  readonly kind: 'work' | 'outage' | 'bubble' | 'hope' | 'person';
  /** Stands behind its end, where there is room before the next bar. */
  readonly note?: string | undefined;
}

export interface Track {
  readonly label: string;
  readonly marks?: readonly Mark[] | undefined;
  readonly bars?: readonly Bar[] | undefined;
}

interface TrackGroup {
  /** `null`: it stands right below the axis. */
  readonly title: string | null;
  readonly tracks: readonly Track[];
}

/** Tracks on one axis of time. All times are milliseconds since its beginning. */
export interface Timeline {
  readonly spanMs: number;
  readonly nowMs: number;
  readonly groups: readonly TrackGroup[];
}

interface Cell {
  readonly glyph: string;
  readonly style: Style | null;
}

const margin = 2;
const labelGap = 2;
const leastTickColumns = 6;
const tickStepsMs = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 300_000];
/** Where two marks fall into one column, the later of these stays. */
const marksByRank = ['start', 'stop', 'message', 'failure'] as const;

const kindsInLegend = [
  'work',
  'start',
  'failure',
  'stop',
  'message',
  'bubble',
  'hope',
  'person',
  'outage',
] as const;

/** Draws a timeline. No line is wider than `look.width`. */
export function drawTimeline(timeline: Timeline, look: Look): readonly string[] {
  const labels = timeline.groups.flatMap(({ tracks }) => tracks.map(({ label }) => label));
  const indent = margin * 2 + Math.max(0, ...labels.map((label) => label.length)) + labelGap;
  // The number at the last tick begins at the last column: `10 s`, `0.5 s`, `7200 s`.
  const overhang = timeline.spanMs < 1_000 || timeline.spanMs > 60_000 ? 6 : 4;
  const columns = look.width - indent - overhang;
  const { stepMs, ticks } = ticksFor(timeline.spanMs, columns);
  const columnsPerTick = Math.floor(columns / ticks);
  const columnOf = (atMs: number): number =>
    Math.round((Math.max(0, atMs) / stepMs) * columnsPerTick);

  const numbers = Array.from({ length: ticks + 1 }, (_, tick) => {
    const seconds = String((tick * stepMs) / 1000);
    return tick === ticks ? `${seconds} s` : seconds.padEnd(columnsPerTick);
  });
  const ruler = `${`${look.glyphs.tick}${look.glyphs.axis.repeat(columnsPerTick - 1)}`.repeat(ticks)}${look.glyphs.tick}`;
  const lines = [numbers.join(''), ruler].map(
    (text) => `${' '.repeat(indent)}${look.paint('faint', text)}`,
  );

  for (const { title, tracks } of timeline.groups) {
    if (title !== null) {
      lines.push('', `${' '.repeat(margin)}${look.paint('title', look.words(title))}`);
    }
    for (const track of tracks) {
      const label = `${' '.repeat(margin * 2)}${track.label}`.padEnd(indent);
      const cells = cellsOf(track, timeline.nowMs, columnOf, columns + overhang, look);
      lines.push(`${look.paint('faint', label)}${painted(cells, look)}`.trimEnd());
    }
  }
  return lines;
}

/** Says what the glyphs mean, for the kinds that are used. */
export function drawLegend(
  meanings: Readonly<Partial<Record<Mark['kind'] | Bar['kind'], string>>>,
  look: Look,
): string {
  const parts = kindsInLegend.flatMap((kind) => {
    const meaning = meanings[kind];
    if (meaning === undefined) return [];
    const glyph = look.glyphs[kind].repeat(isMark(kind) ? 1 : 3);
    return `${look.paint(kind, glyph)} ${look.paint('faint', look.words(meaning))}`;
  });
  return `${' '.repeat(margin)}${parts.join('   ')}`;
}

function isMark(kind: Mark['kind'] | Bar['kind']): boolean {
  return marksByRank.some((mark) => mark === kind);
}

function ticksFor(spanMs: number, columns: number): { stepMs: number; ticks: number } {
  const most = Math.floor(columns / leastTickColumns);
  const stepMs =
    tickStepsMs.find((step) => spanMs / step <= most) ?? Math.ceil(spanMs / most / 1000) * 1000;
  return { stepMs, ticks: Math.max(1, Math.ceil(spanMs / stepMs)) };
}

function cellsOf(
  track: Track,
  nowMs: number,
  columnOf: (atMs: number) => number,
  columns: number,
  look: Look,
): readonly Cell[] {
  const cells = Array.from({ length: columns }, (): Cell => ({ glyph: ' ', style: null }));
  const put = (column: number, glyph: string, style: Style): void => {
    if (column < columns) cells[column] = { glyph, style };
  };

  const bars = track.bars ?? [];
  for (const [index, bar] of bars.entries()) {
    const from = columnOf(bar.fromMs);
    const end = Math.max(from + 1, columnOf(bar.toMs ?? nowMs));
    for (let column = from; column < end; column += 1) {
      put(column, look.glyphs[bar.kind], bar.kind);
    }
    const note = bar.note === undefined ? '' : ` ${look.words(bar.note)}`;
    const next = bars[index + 1];
    const room = next ? columnOf(next.fromMs) - 1 : columns;
    if (end + note.length > room) continue;
    for (let offset = 0; offset < note.length; offset += 1) {
      put(end + offset, note.charAt(offset), 'faint');
    }
  }
  const marks = track.marks ?? [];
  for (const kind of marksByRank) {
    for (const mark of marks) {
      if (mark.kind === kind)
        put(columnOf(mark.atMs), look.glyphs[kind satisfies keyof Glyphs], kind);
    }
  }
  return cells;
}

/** Paints neighbours of one style together. */
function painted(cells: readonly Cell[], look: Look): string {
  let text = '';
  let run = '';
  let style: Style | null = null;
  const flush = (): void => {
    text += style === null ? run : look.paint(style, run);
    run = '';
  };
  for (const cell of cells) {
    if (cell.style !== style) flush();
    style = cell.style;
    run += cell.glyph;
  }
  if (style !== null) flush();
  return text;
}
