import type { Typing } from '@typingkit/core';
import { defaultTyping } from './default-typing.ts';
import type { TypingChannels } from './typing-channels.ts';

/**
 * Shows the typing indicator, once, now.
 *
 * Resolves when the vendor has accepted it, which is not to say that it shows: see the limits of the channel. A call
 * within `minIntervalMs` of the last one for the same conversation makes no request and says `coalesced`.
 *
 * @param channel what the recipient uses: `imessage`, `linkedin`.
 * @param target where to type, in the vendor's own ids.
 * @throws TypingError of any code; `options.signal.reason` as soon as that is aborted.
 * @example
 * await sendTyping('imessage', { chatId: '550e8400-e29b-41d4-a716-446655440000' });
 */
export const sendTyping: Typing<TypingChannels>['send'] = async (channel, target, options) =>
  defaultTyping().send(channel, target, options);
