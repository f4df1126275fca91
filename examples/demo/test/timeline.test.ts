import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { lookOf } from '../src/look.ts';
import { drawLegend, drawTimeline, type Timeline, type Track } from '../src/timeline.ts';

const plain = lookOf({ columns: 80 }, {});
const colourful = lookOf({ columns: 80 }, { FORCE_COLOR: '1' });

function timelineOf(tracks: readonly Track[], spanMs = 10_000, nowMs = spanMs): Timeline {
  return { spanMs, nowMs, groups: [{ title: 'A channel', tracks }] };
}

function drawn(timeline: Timeline, look = plain): readonly string[] {
  return drawTimeline(timeline, look);
}

function twoBubbles(secondFromMs: number): Track {
  return {
    label: 'it',
    bars: [
      { fromMs: 0, toMs: 2_000, kind: 'bubble', note: 'expired' },
      { fromMs: secondFromMs, toMs: 6_000, kind: 'bubble' },
    ],
  };
}

describe('A timeline', () => {
  it('puts marks and bars under the second in which they were', () => {
    const lines = drawn(
      timelineOf([
        {
          label: 'requests',
          marks: [
            { atMs: 0, kind: 'start' },
            { atMs: 4_000, kind: 'stop' },
          ],
        },
        {
          label: 'recipient',
          bars: [{ fromMs: 1_000, toMs: 4_000, kind: 'bubble', note: 'stopped' }],
        },
      ]),
    );
    expect(lines).toEqual([
      '               0     1     2     3     4     5     6     7     8     9     10 s',
      '               +-----+-----+-----+-----+-----+-----+-----+-----+-----+-----+',
      '',
      '  A channel',
      '    requests   ^                       x',
      '    recipient        ================== stopped',
    ]);
  });

  it('draws what still lasts up to now', () => {
    const track: Track = { label: 'it', bars: [{ fromMs: 0, toMs: null, kind: 'bubble' }] };
    expect(drawn(timelineOf([track], 10_000, 2_000)).at(-1)).toMatch(/ ={12}$/);
    expect(drawn(timelineOf([track], 10_000, 4_000)).at(-1)).toMatch(/ ={24}$/);
  });

  it('leaves a note out where the next bar would cut it', () => {
    expect(drawn(timelineOf([twoBubbles(3_500)])).at(-1)).toMatch(/ ={12} expired ={15}$/);
    expect(drawn(timelineOf([twoBubbles(3_300)])).at(-1)).toMatch(/ ={12} {8}={16}$/);
  });

  it('keeps two bars apart', () => {
    const bars = [
      { fromMs: 0, toMs: 2_000, kind: 'bubble' },
      { fromMs: 3_000, toMs: 4_000, kind: 'bubble' },
    ] as const;
    expect(drawn(timelineOf([{ label: 'it', bars }])).at(-1)).toMatch(/ ={12} {6}={6}$/);
  });

  it('shows a bar that is shorter than a column', () => {
    const bars = [{ fromMs: 5_000, toMs: 5_001, kind: 'bubble' }] as const;
    expect(drawn(timelineOf([{ label: 'it', bars }])).at(-1)).toMatch(/ =$/);
  });

  it.each([
    ['stop', 'start'],
    ['message', 'stop'],
    ['failure', 'message'],
  ] as const)('keeps a %s where a %s falls into the same column', (kept, lost) => {
    const marks = [
      { atMs: 1_000, kind: kept },
      { atMs: 1_000, kind: lost },
    ];
    const line = drawn(timelineOf([{ label: 'it', marks }])).at(-1);
    expect(line).toContain(plain.glyphs[kept]);
    expect(line).not.toContain(plain.glyphs[lost]);
  });

  it.each([400, 1_000, 3_000, 10_000, 13_400, 61_000, 95_000, 600_000, 7_200_000])(
    'of %d ms fits into its width, with all that happened on it',
    (spanMs) => {
      for (const columns of [60, 72, 80]) {
        const look = lookOf({ columns }, {});
        const marks = [0, spanMs].map((atMs) => ({ atMs, kind: 'start' as const }));
        const bars = [{ fromMs: 0, toMs: spanMs, kind: 'bubble', note: 'expired' }] as const;
        const lines = drawn(
          timelineOf(
            [
              { label: 'a', marks },
              { label: 'b', bars },
            ],
            spanMs,
          ),
          look,
        );
        expect(lines.filter((line) => line.length > columns)).toEqual([]);
        expect(lines.at(-2)?.match(/\^/g)).toHaveLength(2);
        expect(lines[0]).toMatch(/^ +0 .* [\d.]+ s$/);
      }
    },
  );

  it('drops what happened after its end', () => {
    const marks = [{ atMs: 60_000, kind: 'start' }] as const;
    expect(
      drawn(timelineOf([{ label: 'it', marks }]))
        .at(-1)
        ?.trim(),
    ).toBe('it');
  });

  it('is the same in colour, but for the glyphs', () => {
    const tracks: readonly Track[] = [
      { label: 'requests', marks: [{ atMs: 0, kind: 'start' }] },
      { label: 'recipient', bars: [{ fromMs: 0, toMs: 1_000, kind: 'bubble', note: 'expired' }] },
    ];
    const lines = drawn(timelineOf(tracks), colourful);
    expect(lines.at(-1)).toContain('\u001B[32m━━━━━━\u001B[39m');
    expect(stripVTControlCharacters(lines.join('\n'))).toBe(
      drawn(timelineOf(tracks))
        .join('\n')
        .replaceAll('^', '▲')
        .replaceAll('=', '━')
        .replaceAll('-', '─')
        .replaceAll('+', '┬'),
    );
  });

  it('has a legend of the kinds that it is told of', () => {
    expect(drawLegend({ start: 'POST', bubble: 'seen' }, plain)).toBe('  ^ POST   === seen');
  });
});
