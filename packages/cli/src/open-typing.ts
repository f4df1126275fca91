import {
  type ChannelDescription,
  createTyping,
  type Typing,
  type TypingOptions,
} from '@typingkit/core';
import { channelsFrom } from 'typingkit/environment';
import { settings } from './settings.ts';

/** The engine over some channels. Each is configured when it is first used: a key that is missing breaks no other. */
export function openTyping(
  channels: readonly ChannelDescription[],
  options?: Omit<TypingOptions, 'channels'>,
): Typing {
  return createTyping({
    onEvent: () => {},
    ...options,
    channels: channelsFrom(channels, settings),
  });
}

/** Says that a channel is not there, in the words of the engine, which knows what was meant. */
export async function refuseChannel(
  channels: readonly ChannelDescription[],
  name: string,
): Promise<void> {
  await openTyping(channels).send(name, {});
}
