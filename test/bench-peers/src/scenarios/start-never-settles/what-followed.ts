import type { InMemoryVendor } from '../../in-memory-vendor.ts';

/** What got to the vendor after the stop. */
export function whatFollowed(vendor: InMemoryVendor, stoppedAtMs: number): Record<string, number> {
  const stopAtMs = vendor.stops[0]?.begunAtMs;
  return {
    starts: vendor.starts.length,
    startsAfterStop: vendor.starts.filter(({ begunAtMs }) => begunAtMs > stoppedAtMs).length,
    stops: vendor.stops.length,
    stopAfterMs: stopAtMs === undefined ? -1 : stopAtMs - stoppedAtMs,
  };
}
