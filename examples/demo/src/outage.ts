import { schedule } from './schedule.ts';
import type { SimulatedVendors } from './simulated-vendors.ts';

/** From when to when the platforms were out of order. */
export interface OutageInterval {
  readonly fromMs: number;
  /** `null`: they are still. */
  readonly toMs: number | null;
}

export interface Outage {
  /** Undefined before it has begun. */
  readonly interval: OutageInterval | undefined;
  /** Begins it where that is due, and ends it where that is due and it `hasHit` a request. */
  follow(sinceMs: number, nowMs: number, hasHit: boolean): Promise<void>;
}

/** An outage of typing on all platforms, as the schedule has it. */
export function outageOf(vendors: SimulatedVendors): Outage {
  let interval: OutageInterval | undefined;
  return {
    get interval() {
      return interval;
    },
    async follow(sinceMs, nowMs, hasHit) {
      const { fromMs, toMs } = schedule.outage;
      if (interval === undefined && sinceMs >= fromMs) {
        await vendors.addFault({
          kind: 'status',
          status: 503,
          // Where a busy machine ends it late, the message still gets through.
          intents: ['start', 'stop'],
          headers: { 'Retry-After': '1' },
          body: { error: 'We are out of order.' },
          times: 'forever',
        });
        interval = { fromMs: nowMs, toMs: null };
      } else if (interval?.toMs === null && sinceMs >= toMs && hasHit) {
        await vendors.clearFaults();
        interval = { ...interval, toMs: nowMs };
      }
    },
  };
}
