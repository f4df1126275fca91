import { TypingError } from '../contract/typing-error.ts';

/**
 * Checks a span of time that a caller gave.
 *
 * @throws TypingError `misconfigured`, where it is not a number of milliseconds that a timer can wait.
 */
export function checkDuration(name: string, ms: number): number {
  if (typeof ms === 'number' && ms > 0 && ms < 2 ** 31) return ms;
  throw new TypingError({
    code: 'misconfigured',
    reason: `${name} must be a number of milliseconds, more than 0 and less than 2^31`,
  });
}
