import { exitCodes } from './exit-codes.ts';
import type { Failure } from './output.ts';

/** A command line that makes no sense. @param complaint what the parser says of it. */
export function usageFailure(complaint: string): Failure {
  const exitCode = exitCodes.usage;
  const lines = complaint
    .replace(/^error: /, '')
    .trim()
    .split(/\s*\n\s*/);
  const [message, ...advice] = lines;
  const data = { code: 'usage', message, advice: advice.join(' '), exitCode };
  return { exitCode, lines, data };
}
