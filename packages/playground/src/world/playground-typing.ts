import { connectSafely, type ConnectSafelyTarget } from '@typingkit/connectsafely';
import { createTyping, type Typing, type TypingEvent } from '@typingkit/core';
import { linq, type LinqTarget } from '@typingkit/linq';
import type { Simulator } from '@typingkit/simulator';
import type { PhoneChannel } from '../protocol/settings.ts';
import type { ScaledClock } from './scaled-clock.ts';

/** typingkit, as a bot has it. */
export type PlaygroundTyping = Typing<{
  readonly imessage: LinqTarget;
  readonly linkedin: ConnectSafelyTarget;
}>;

/** Short, so that nobody has to wait long to see what a vendor that hangs does. */
const timeoutMs = 2_500;

/** Points typingkit at the simulator, over real HTTP. */
export function playgroundTyping(
  { linq: linqVendor, connectsafely }: Simulator,
  clock: ScaledClock,
  isKeyWrong: (channel: PhoneChannel) => boolean,
  onEvent: (event: TypingEvent) => void,
): PlaygroundTyping {
  const keyOf = (channel: PhoneChannel, right: string) => () =>
    isKeyWrong(channel) ? 'not-the-key' : right;
  return createTyping({
    channels: {
      imessage: linq({
        apiKey: keyOf('imessage', linqVendor.apiKey),
        baseUrl: linqVendor.baseUrl,
        timeoutMs,
      }),
      linkedin: connectSafely({
        apiKey: keyOf('linkedin', connectsafely.apiKey),
        baseUrl: connectsafely.baseUrl,
        timeoutMs,
      }),
    },
    clock,
    onEvent,
  });
}
