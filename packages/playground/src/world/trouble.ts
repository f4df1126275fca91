import type { Fault } from '@typingkit/simulator';
import { channelRows, type PhoneChannel } from '../protocol/channels/channel-rows.ts';
import type { Settings } from '../protocol/settings.ts';

/** What the simulator has to do to requests about typing, for the trouble that is switched on. */
export function faultOf(channel: PhoneChannel, settings: Settings): Fault | undefined {
  const { vendor } = channelRows[channel];
  const where = { vendor, intents: ['start', 'stop'], times: 'forever' } as const;
  const { retryAfterSeconds } = settings;
  const trouble = settings.trouble[channel];
  switch (trouble) {
    // A wrong key is no fault of the vendor's: the provider is given one.
    case 'none':
    case 'wrong-key':
      return undefined;
    case 'rate-limited':
    case 'server-error':
      return { ...where, kind: 'failure', failure: trouble, retryAfterSeconds };
    // Apart: of a union of kinds and one of vendors TypeScript compares only so many pairs.
    case 'hang':
      return { ...where, kind: 'hang' };
    case 'reset':
      return { ...where, kind: 'reset' };
  }
}
