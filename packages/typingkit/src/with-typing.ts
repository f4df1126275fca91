import type { Typing } from '@typingkit/core';
import { defaultTyping } from './default-typing.ts';
import type { TypingChannels } from './typing-channels.ts';

/**
 * Shows the typing indicator while work runs. Resolves to the work's value and rejects with the work's error, and with
 * nothing else: what is wrong with the vendor, the target or the key goes to `onEvent`, and the work runs all the same.
 *
 * The work is a function, which gets the session: its `signal`, `messageSent()`; or a promise; or a stream, which is passed
 * through unchanged while the indicator shows.
 *
 * @example
 * const answer = await withTyping('imessage', { chatId }, () => think(question));
 * @example
 * for await (const chunk of withTyping('linkedin', { conversationUrn }, answer)) text += chunk;
 */
export const withTyping: Typing<TypingChannels>['with'] = ((...args: AnyArguments) =>
  (defaultTyping() as AnyWork).with(...args)) as Typing<TypingChannels>['with'];

type AnyArguments = readonly unknown[];

/** What goes in and what comes out are tied together by the overloads of the method, one by one. */
interface AnyWork {
  with(...args: AnyArguments): unknown;
}
