import type { Contender } from './contenders.ts';
import type { Vendor } from './vendors.ts';

/** How much more processor time than another one a contender may take for a call. */
export interface Bound {
  readonly contender: Contender;
  readonly than: Contender;
  readonly times: number;
  /** The least that does what the contender promises, over the same transport. */
  readonly floor: Contender;
}

/**
 * A bound that the floor itself misses cannot be held. Then a contender passes that takes at most this many times what the
 * floor takes: what is above the floor is the engine, the adapter and the HTTP client, which are there for every other call.
 */
export const aboveFloor = 1.25;

const shipped = { contender: 'sendTyping, shipped', floor: 'floor over ky' } as const;
const fast = { contender: 'sendTyping, fast', floor: 'floor over undici' } as const;
const bounds: readonly Bound[] = [
  { ...shipped, than: 'ky', times: 1.1 },
  { ...fast, than: 'undici.request', times: 1.3 },
  { ...fast, than: '@linqapp/sdk', times: 0.3 },
];

export function boundsOf(vendor: Vendor): readonly Bound[] {
  return bounds.filter(({ than }) => vendor === 'linq' || than !== '@linqapp/sdk');
}
