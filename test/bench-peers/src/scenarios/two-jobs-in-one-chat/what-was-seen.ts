import type { InMemoryVendor } from '../../in-memory-vendor.ts';

/** What the person in the chat saw while the second job went on alone. */
export function whatWasSeen(
  vendor: InMemoryVendor,
  fromMs: number,
  toMs: number,
): Record<string, number> {
  return {
    darkMs: toMs - fromMs - vendor.visibleMs(fromMs, toMs),
    starts: vendor.starts.length,
    stopsMeanwhile: vendor.stops.filter(({ begunAtMs }) => begunAtMs < toMs).length,
    stops: vendor.stops.length,
  };
}
