import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sleep } from './turns.ts';

/** How long the event loop kept a timer of 1 ms waiting, that millisecond included: an idle process shows a little over 1. */
export interface EventLoopDelay {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Begins to watch; the result ends it. Watching wakes the process a thousand times a second. */
export function watchEventLoop(): () => EventLoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  return () => {
    histogram.disable();
    const msAt = (percentile: number): number => histogram.percentile(percentile) / 1e6;
    return { p50Ms: msAt(50), p99Ms: msAt(99), maxMs: histogram.max / 1e6 };
  };
}

/** What the method shows where there is nothing to wait for. */
export async function idleEventLoopDelay(ms: number): Promise<EventLoopDelay> {
  const stop = watchEventLoop();
  await sleep(ms);
  return stop();
}
