import { TypingError } from '../contract/typing-error.ts';

/**
 * Checks a span of time that a caller gave.
 *
 * @throws TypingError `misconfigured`, where it is not a number of milliseconds that a timer can wait.
 */
export function checkDuration(name: string, ms: number): number {
  if (isDuration(ms) && ms > 0) return ms;
  throw refusal(name, 'more than 0');
}

/** The same for a span that may be none at all. */
export function checkDurationFromZero(name: string, ms: number): number {
  if (isDuration(ms)) return ms;
  throw refusal(name, '0 or more');
}

function isDuration(ms: number): boolean {
  return typeof ms === 'number' && ms >= 0 && ms < 2 ** 31;
}

function refusal(name: string, least: string): TypingError {
  return new TypingError({
    code: 'misconfigured',
    reason: `${name} must be a number of milliseconds, ${least} and less than 2^31`,
  });
}
