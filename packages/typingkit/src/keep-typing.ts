import type { Typing } from '@typingkit/core';
import { defaultTyping } from './default-typing.ts';
import type { TypingChannels } from './typing-channels.ts';

/**
 * Keeps the typing indicator alive until the session is stopped, refreshing it as often as the channel needs. Many
 * sessions can hold one indicator; the last one to end clears it.
 *
 * Ends by itself after 2 minutes without `touch()` and after 10 minutes in any case. Nothing that the vendor does makes
 * this or the session throw or reject. The session's timers let the process exit.
 *
 * @throws TypingError `unknown-channel`, `invalid-target`, `misconfigured`: mistakes of the caller.
 * @example
 * await using session = keepTyping('imessage', { chatId });
 */
export const keepTyping: Typing<TypingChannels>['keep'] = (channel, target, options) =>
  defaultTyping().keep(channel, target, options);
