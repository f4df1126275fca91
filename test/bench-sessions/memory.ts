import { sleep } from './turns.ts';

/** What the process needs, after everything that can be collected has been. */
export interface Memory {
  readonly heapBytes: number;
  readonly heapTotalBytes: number;
  readonly residentBytes: number;
}

/** @throws Error without `--expose-gc`. */
export async function settledMemory(): Promise<Memory> {
  const { gc } = globalThis;
  if (!gc) throw new Error('Run this with --expose-gc.');
  for (let round = 0; round < 3; round += 1) {
    gc();
    await sleep(20);
  }
  const { heapUsed, heapTotal, rss } = process.memoryUsage();
  return { heapBytes: heapUsed, heapTotalBytes: heapTotal, residentBytes: rss };
}
