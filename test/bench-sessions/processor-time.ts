import { sleep } from './turns.ts';

/** Time of processors, in microseconds. */
export interface ProcessorTime {
  /** Of all threads: those that compile and collect garbage, too. */
  readonly wholeMicros: number;
  /** Of the thread that runs JavaScript. */
  readonly mainMicros: number;
  readonly wallMicros: number;
}

/** Begins to count; the result tells how much has passed since. */
export function processorTime(): () => ProcessorTime {
  const whole = process.cpuUsage();
  const main = process.threadCpuUsage();
  const began = performance.now();
  return () => ({
    wallMicros: (performance.now() - began) * 1_000,
    wholeMicros: sum(process.cpuUsage(whole)),
    mainMicros: sum(process.threadCpuUsage(main)),
  });
}

/** What a process costs that does nothing, as a share of the time that passes. */
export async function idleShares(ms: number): Promise<{ whole: number; main: number }> {
  const read = processorTime();
  await sleep(ms);
  const { wholeMicros, mainMicros, wallMicros } = read();
  return { whole: wholeMicros / wallMicros, main: mainMicros / wallMicros };
}

/** What it costs to wake up for a timer that has nothing to do, in microseconds of all threads. */
export async function wakingMicros(ms: number): Promise<number> {
  let wakes = 0;
  const interval = setInterval(() => {
    wakes += 1;
  }, 5);
  const read = processorTime();
  await sleep(ms);
  clearInterval(interval);
  return read().wholeMicros / wakes;
}

function sum({ user, system }: { readonly user: number; readonly system: number }): number {
  return user + system;
}
