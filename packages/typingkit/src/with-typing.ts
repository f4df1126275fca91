import type { KeepOptions, StreamOptions, TypingSession } from '@typingkit/core';
import type { TypingChannels } from './default-channels.ts';
import { defaultTyping } from './default-typing.ts';

/**
 * Shows the typing indicator while work runs. Resolves to the work's value and rejects with the work's error, and with
 * nothing else: what is wrong with the vendor, the target or the key goes to `onEvent`, and the work runs all the same.
 *
 * @param work gets the session, to `touch()` it or to say `messageSent()`.
 * @example
 * const answer = await withTyping('imessage', { chatId }, () => think(question));
 */
export function withTyping<Channel extends keyof TypingChannels, T>(
  channel: Channel,
  target: TypingChannels[Channel],
  work: (session: TypingSession) => T | Promise<T>,
  options?: KeepOptions,
): Promise<T>;
/**
 * Shows the typing indicator while a stream is read, and passes the stream through unchanged.
 *
 * @example
 * for await (const chunk of withTyping('linkedin', { conversationUrn }, answer)) text += chunk;
 */
export function withTyping<Channel extends keyof TypingChannels, Chunk>(
  channel: Channel,
  target: TypingChannels[Channel],
  stream: AsyncIterable<Chunk>,
  options?: KeepOptions & StreamOptions,
): AsyncIterable<Chunk>;
export function withTyping<Channel extends keyof TypingChannels, T>(
  channel: Channel,
  target: TypingChannels[Channel],
  work: AsyncIterable<T> | ((session: TypingSession) => T | Promise<T>),
  options?: KeepOptions & StreamOptions,
): Promise<T> | AsyncIterable<T> {
  return typeof work === 'function'
    ? defaultTyping().with(channel, target, work, options)
    : defaultTyping().with(channel, target, work, options);
}
