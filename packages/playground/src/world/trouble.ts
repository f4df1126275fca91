import type { Fault } from '@typingkit/simulator';
import type { PhoneChannel, Settings } from '../protocol/settings.ts';

const pathOf = { imessage: '/typing', linkedin: '/typing-indicator' } as const;
const vendorOf = { imessage: 'linq', linkedin: 'connectsafely' } as const;

/** What the simulator has to do to requests about typing, for the trouble that is switched on. */
export function faultOf(channel: PhoneChannel, settings: Settings): Fault | undefined {
  const where = { vendor: vendorOf[channel], path: pathOf[channel], times: 'forever' } as const;
  const seconds = settings.retryAfterSeconds;
  switch (settings.trouble[channel]) {
    // A wrong key is no fault of the vendor's: the provider is given one.
    case 'none':
    case 'wrong-key':
      return undefined;
    case 'rate-limited': {
      const headers = { 'Retry-After': String(seconds) };
      return { ...where, kind: 'status', status: 429, headers, body: bodyOf(channel, 429) };
    }
    case 'server-error':
      return { ...where, kind: 'status', status: 500, body: bodyOf(channel, 500) };
    case 'hang':
      return { ...where, kind: 'hang' };
    case 'reset':
      return { ...where, kind: 'reset' };
  }
}

/** In the shape of each vendor's own errors. */
function bodyOf(channel: PhoneChannel, status: 429 | 500): object {
  const message = status === 429 ? 'Rate limited' : 'Internal server error';
  if (channel === 'linkedin') return { success: false, error: message };
  return { success: false, error: { status, code: status === 429 ? 1007 : 3006, message } };
}
