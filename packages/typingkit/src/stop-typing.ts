import type { StopOptions, StopReceipt } from '@typingkit/core';
import type { TypingChannels } from './default-channels.ts';
import { defaultTyping } from './default-typing.ts';

/**
 * Clears the typing indicator, once, now. Where the vendor has no stop, the receipt says `expires` and within how
 * many milliseconds it is gone by itself.
 *
 * Not needed after a message: that clears it.
 *
 * @throws TypingError of any code; `options.signal.reason` as soon as that is aborted.
 */
export async function stopTyping<Channel extends keyof TypingChannels>(
  channel: Channel,
  target: TypingChannels[Channel],
  options?: StopOptions,
): Promise<StopReceipt> {
  return defaultTyping().stop(channel, target, options);
}
