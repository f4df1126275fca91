import { checkDuration, checkDurationFromZero } from '../../input/duration.ts';
import type { KeepOptions } from '../../api/session.ts';

const spans = [
  'idleTimeoutMs',
  'maxDurationMs',
  'refreshEveryMs',
] as const satisfies readonly (keyof KeepOptions)[];
const spansFromZero = ['delayMs', 'settleMs'] as const satisfies readonly (keyof KeepOptions)[];

/** @throws TypingError `misconfigured`, where a span of time is none. */
export function checkKeepOptions(options: KeepOptions): void {
  for (const name of spans) {
    const ms = options[name];
    if (ms !== undefined) checkDuration(name, ms);
  }
  for (const name of spansFromZero) {
    const ms = options[name];
    if (ms !== undefined) checkDurationFromZero(name, ms);
  }
}
