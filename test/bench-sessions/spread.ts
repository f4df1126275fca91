/** How samples are spread. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Sorts the samples where they are. */
export function spreadOf(samples: Float64Array): Spread {
  samples.sort();
  const at = (share: number): number =>
    samples[Math.min(samples.length - 1, Math.floor(share * samples.length))] ?? Number.NaN;
  return { count: samples.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}
