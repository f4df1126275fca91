import type { Contender } from './contenders.ts';
import type { Vendor } from './vendors.ts';

/** How much more processor time than another one a contender may take for a call. */
export interface Bound {
  readonly contender: Contender;
  readonly than: Contender;
  readonly times: number;
}

const bounds: readonly Bound[] = [
  { contender: 'sendTyping, shipped', than: 'ky', times: 1.1 },
  { contender: 'sendTyping, fast', than: 'undici.request', times: 1.3 },
  { contender: 'sendTyping, fast', than: '@linqapp/sdk', times: 0.3 },
];

export function boundsOf(vendor: Vendor): readonly Bound[] {
  return bounds.filter(({ than }) => vendor === 'linq' || than !== '@linqapp/sdk');
}
