import { connectSafely, type ConnectSafelyTarget } from '@typingkit/connectsafely';
import { linq, type LinqTarget } from '@typingkit/linq';
import type { ProviderFactory } from '@typingkit/tsyringe';
import { requiredKey, setting } from './environment.ts';

/**
 * The channels that the plain functions know, and their targets. Add yours, so that they type-check:
 *
 * ```ts
 * declare module 'typingkit' {
 *   interface TypingChannels {
 *     telegram: { readonly chatId: number };
 *   }
 * }
 * ```
 */
export interface TypingChannels {
  readonly imessage: LinqTarget;
  readonly linkedin: ConnectSafelyTarget;
}

/** The channels that the environment configures. Nothing is read before a channel is used. */
export const defaultChannels: {
  readonly imessage: ProviderFactory<LinqTarget>;
  readonly linkedin: ProviderFactory<ConnectSafelyTarget>;
} = {
  imessage: () =>
    linq({
      apiKey: requiredKey(
        'linq',
        ['LINQ_API_KEY', 'LINQ_API_V3_API_KEY'],
        'imessage: linq({ apiKey })',
      ),
      baseUrl: setting('LINQ_API_BASE_URL', 'LINQ_API_V3_BASE_URL'),
    }),
  linkedin: () =>
    connectSafely({
      apiKey: requiredKey(
        'connectsafely',
        ['CONNECTSAFELY_API_KEY'],
        'linkedin: connectSafely({ apiKey })',
      ),
      accountId: setting('CONNECTSAFELY_ACCOUNT_ID'),
      baseUrl: setting('CONNECTSAFELY_BASE_URL'),
    }),
};
