import { createTyping, type Typing, type TypingEvent } from '@typingkit/core';
import type { Simulator } from '@typingkit/simulator';
import {
  channelRows,
  forEachChannel,
  type PhoneChannel,
} from '../protocol/channels/channel-rows.ts';
import { providers } from './providers.ts';
import type { ScaledClock } from './scaled-clock.ts';

/** typingkit, as a bot has it. Every target comes from the simulator, and each provider checks it. */
export type PlaygroundTyping = Typing<Readonly<Record<PhoneChannel, unknown>>>;

/** Short, so that nobody has to wait long to see what a vendor that hangs does. */
const timeoutMs = 2_500;

/** Points typingkit at the simulator, over real HTTP. */
export function playgroundTyping(
  simulator: Simulator,
  clock: ScaledClock,
  isKeyWrong: (channel: PhoneChannel) => boolean,
  onEvent: (event: TypingEvent) => void,
): { typing: PlaygroundTyping; tellsTyping: (channel: PhoneChannel) => boolean } {
  const channels = forEachChannel((channel) => {
    const { baseUrl, apiKey: right, environment } = simulator.vendors[channelRows[channel].vendor];
    const apiKey = (): string => (isKeyWrong(channel) ? wrongKeyFor(right) : right);
    return providers[channel]({ apiKey, baseUrl, timeoutMs }, environment);
  });
  return {
    typing: createTyping({ channels, clock, onEvent }),
    tellsTyping: (channel) => channels[channel].capabilities.inbound,
  };
}

/** In the form of the right one, or an adapter might refuse it before any request. */
function wrongKeyFor(right: string): string {
  return right.replace(/[\w-]+$/, 'not-the-key');
}
