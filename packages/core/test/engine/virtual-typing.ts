import { createTyping, type Typing, type TypingEvent, type TypingOptions } from '@typingkit/core';
import {
  type FakeProvider,
  fakeProvider,
  type FakeProviderOptions,
  type VirtualClock,
  virtualClock,
} from '@typingkit/testing';

/** A target of the fake channel. */
export interface ChatTarget {
  readonly chat: string;
}

/** A `Typing` over one fake channel, on a clock that stands still. */
export interface VirtualTyping {
  readonly typing: Typing<{ readonly chat: ChatTarget }>;
  readonly provider: FakeProvider<ChatTarget>;
  readonly clock: VirtualClock;
  readonly events: TypingEvent[];
  /** The types of the events, without those given. */
  readonly eventTypes: (...without: TypingEvent['type'][]) => string[];
}

export function virtualTyping(
  capabilities: FakeProviderOptions<ChatTarget>['capabilities'] = {},
  options: Partial<Omit<TypingOptions, 'channels'>> = {},
  providerOptions: Pick<FakeProviderOptions<ChatTarget>, 'diagnosis'> = {},
): VirtualTyping {
  const clock = virtualClock();
  const provider = fakeProvider<ChatTarget>({
    capabilities: { minIntervalMs: 3_000, ...capabilities },
    conversationKey: ({ chat }) => chat,
    ...providerOptions,
  });
  const events: TypingEvent[] = [];
  const typing = createTyping({
    channels: { chat: provider },
    clock,
    random: () => 0,
    onEvent: (event) => events.push(event),
    ...options,
  });
  const eventTypes = (...without: TypingEvent['type'][]): string[] =>
    events.map(({ type }) => type).filter((type) => type !== 'opened' && !without.includes(type));
  return { typing, provider, clock, events, eventTypes };
}
