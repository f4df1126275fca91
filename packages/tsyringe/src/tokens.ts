import type { Typing, TypingProvider } from '@typingkit/core';
import type { InjectionToken } from 'tsyringe';

// `Symbol.for`, so that two copies of this package agree.

/** What is injected to show typing indicators: `constructor(@inject(TYPING) private readonly typing: Typing)`. */
export const TYPING: InjectionToken<Typing> = Symbol.for('@typingkit/typing');

/** Where the provider of one channel is registered. One token for each: a child container overrides just one channel. */
export function providerToken(channel: string): InjectionToken<TypingProvider> {
  return Symbol.for(`@typingkit/provider/${channel}`);
}
