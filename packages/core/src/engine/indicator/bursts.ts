import { longAgoMs } from '../../time/long-ago.ts';
import { leastPauseMs } from '../limits/policy.ts';
import type { TypingError } from '../../contract/typing-error.ts';
import type { Indicator } from './indicator.ts';

// What callers ask for goes out at once, also when an observer asks for it at every event. So that such a circle does not
// go round as fast as the vendor answers, starts and stops that follow each other too closely have to wait.

/** How many starts in a row go out as soon as they are wanted; each further one comes a second after the last. */
const mostQuickStarts = 5;

/** What went out in quick succession. */
export interface Burst {
  /** How many starts wanted to. */
  starts: number;
  /** How the last stop ended that failed, or that somebody waited for. */
  stop: EndedStop | undefined;
}

interface EndedStop {
  readonly error: TypingError | undefined;
  readonly untilMs: number;
}

/** Counts a start that is due. @returns until when it has to wait; in the past where it does not. */
export function countStart(indicator: Indicator, nowMs: number): number {
  const { sentAtMs } = indicator;
  if (sentAtMs + 2 * leastPauseMs <= nowMs) {
    forgetStarts(indicator);
    return longAgoMs;
  }
  const burst = burstOf(indicator);
  burst.starts += 1;
  return burst.starts > mostQuickStarts ? sentAtMs + leastPauseMs : longAgoMs;
}

/** A message went out: to type again before the next one is no circle. */
export function forgetStarts({ burst }: Indicator): void {
  if (burst) burst.starts = 0;
}

/** A stop has ended. */
export function noteStop(
  indicator: Indicator,
  error: TypingError | undefined,
  nowMs: number,
): void {
  burstOf(indicator).stop = { error, untilMs: nowMs + leastPauseMs };
}

/** A start goes out, so that the next stop has something to do. */
export function forgetStop({ burst }: Indicator): void {
  if (burst) burst.stop = undefined;
}

/** How a stop has ended a moment ago, where another one would not end better. */
export function lastStop({ burst }: Indicator, nowMs: number): EndedStop | undefined {
  const stop = burst?.stop;
  return stop && stop.untilMs > nowMs ? stop : undefined;
}

function burstOf(indicator: Indicator): Burst {
  indicator.burst ??= { starts: 0, stop: undefined };
  return indicator.burst;
}
