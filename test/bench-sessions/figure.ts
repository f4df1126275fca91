/** One line of a report. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** Empty where there is none. */
  readonly target: string;
  /** What the best peer engine needs, measured at 100,000 conversations. Empty where nobody measured. */
  readonly peer: string;
  readonly verdict: Verdict | undefined;
}

/**
 * `close`: missed by no more than a seventh, which is what one run differs from the next. `floor`: missed, but nobody could
 * hold it, as was measured in the same run.
 */
export type Verdict = 'pass' | 'close' | 'floor' | 'miss';

export const verdictColors: Readonly<Record<Verdict, 'green' | 'yellow' | 'red'>> = {
  pass: 'green',
  close: 'yellow',
  floor: 'yellow',
  miss: 'red',
};

/** A part of a report. */
export interface Section {
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}

/** How much over its target a figure may be. */
const tolerance = 1.15;

export function plainFigure(name: string, value: string): Figure {
  return { name, value, target: '', peer: '', verdict: undefined };
}

/** A figure that is to stay under a target. */
export function figure(
  name: string,
  measured: number,
  target: number,
  unit: string,
  peer = '',
): Figure {
  const isUnder = measured <= target;
  return {
    name,
    value: `${round(measured)} ${unit}`,
    target: `${round(target)} ${unit}`,
    peer,
    // Not a number is a miss, too.
    verdict: isUnder ? 'pass' : measured <= target * tolerance ? 'close' : 'miss',
  };
}

/** Three digits that count. */
export function round(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

export function spreadText(spread: { p50: number; p99: number; max: number }): string {
  return `${round(spread.p50)} / ${round(spread.p99)} / ${round(spread.max)} ms`;
}
