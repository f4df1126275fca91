import { InvalidArgumentError } from 'commander';

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** The longest that a timer can wait. */
export const longestMs: number = 2 ** 31 - 1;

/**
 * Milliseconds of `1500ms`, `30s`, `2m` or `1h`.
 *
 * @throws InvalidArgumentError which the parser turns into a sentence.
 */
export function parseDuration(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim()) ?? [];
  const ms = Number(digits) * (unitsMs[unit] ?? Number.NaN);
  if (ms >= 1 && ms <= longestMs) return Math.round(ms);
  throw new InvalidArgumentError('Expected a duration such as 1500ms, 30s, 2m or 1h.');
}

/** A duration for people: `0.5 s`, `48 s`, `2 min 5 s`. */
export function inWords(ms: number): string {
  if (ms < 10_000) return `${Number((ms / 1_000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const rest = seconds % 60;
  const minutes = `${Math.floor(seconds / 60)} min`;
  return rest === 0 ? minutes : `${minutes} ${rest} s`;
}
