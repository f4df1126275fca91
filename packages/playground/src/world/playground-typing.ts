import { createTyping, type Typing, type TypingEvent } from '@typingkit/core';
import type { Simulator } from '@typingkit/simulator';
import { channelOn, forEachChannel, type PhoneChannel } from '../protocol/channels/channel-rows.ts';
import { providers } from './providers.ts';
import type { ScaledClock } from './scaled-clock.ts';

/**
 * typingkit, as a bot has it: one for each phone, since two of them may show one channel, through two vendors. Every target
 * comes from the simulator, and each provider checks it.
 */
export type PlaygroundTyping = Typing<Readonly<Record<string, unknown>>>;

/** One phone's side of the bot. */
export interface PhoneTyping {
  readonly typing: PlaygroundTyping;
  readonly tellsTyping: boolean;
}

/** Short, so that nobody has to wait long to see what a vendor that hangs does. */
const timeoutMs = 2_500;

/** Points typingkit at the simulator, over real HTTP. */
export function playgroundTyping(
  simulator: Simulator,
  clock: ScaledClock,
  isKeyWrong: (phone: PhoneChannel) => boolean,
  onEvent: (phone: PhoneChannel, event: TypingEvent) => void,
): Readonly<Record<PhoneChannel, PhoneTyping>> {
  return forEachChannel((phone, { vendor }) => {
    const { baseUrl, apiKey: right, environment } = simulator.vendors[vendor];
    const apiKey = (): string => (isKeyWrong(phone) ? wrongKeyFor(right) : right);
    const provider = providers[phone]({ apiKey, baseUrl, timeoutMs }, environment);
    const typing = createTyping({
      channels: { [channelOn(phone)]: provider },
      clock,
      onEvent: (event) => onEvent(phone, event),
    });
    return { typing, tellsTyping: provider.capabilities.inbound };
  });
}

/** In the form of the right one, or an adapter might refuse it before any request. */
function wrongKeyFor(right: string): string {
  return right.replace(/[\w-]+$/, 'not-the-key');
}
