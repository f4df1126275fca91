import { connectSafely } from '@typingkit/connectsafely';
import type { TypingProvider } from '@typingkit/core';
import { linq } from '@typingkit/linq';
import type { PhoneChannel } from '../protocol/channels/channel-rows.ts';

/** What every provider is made with here. */
export interface ProviderOptions {
  readonly apiKey: () => string;
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

/** How the provider of each channel is made. */
export const providers: Readonly<
  Record<PhoneChannel, (options: ProviderOptions) => TypingProvider>
> = {
  imessage: (options) => linq(options),
  linkedin: (options) => connectSafely(options),
};
