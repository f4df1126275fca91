/** The middle of many measurements, and where half of them lie. */
export interface Spread {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): number =>
    sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { median: at(0.5), lower: at(0.25), upper: at(0.75) };
}

/** Of the ratios of two contenders, each within one round, the median. */
export function medianRatio(values: readonly number[], others: readonly number[]): number {
  return spreadOf(values.map((value, round) => value / (others[round] ?? Number.NaN))).median;
}
