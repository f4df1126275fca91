import type { PhoneChannel } from '../../src/protocol/settings.ts';

interface ChannelWords {
  readonly name: string;
  readonly vendor: string;
  /** Whom the phone's owner writes to. */
  readonly bot: string;
}

/** What the channels are called. */
export const channelWords: Readonly<Record<PhoneChannel, ChannelWords>> = {
  imessage: { name: 'iMessage', vendor: 'Linq', bot: 'Ada’s bot' },
  linkedin: { name: 'LinkedIn', vendor: 'ConnectSafely', bot: 'Ada’s bot' },
};
