import type { Typing } from '@typingkit/core';
import { defaultTyping } from './default-typing.ts';
import type { TypingChannels } from './typing-channels.ts';

/**
 * Clears the typing indicator, once, now. Where the vendor has no stop, the receipt says `expires` and within how
 * many milliseconds it is gone by itself.
 *
 * Not needed after a message: that clears it.
 *
 * @throws TypingError of any code; `options.signal.reason` as soon as that is aborted.
 */
export const stopTyping: Typing<TypingChannels>['stop'] = async (channel, target, options) =>
  defaultTyping().stop(channel, target, options);
