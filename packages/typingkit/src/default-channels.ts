import { connectSafelyChannel, type ConnectSafelyTarget } from '@typingkit/connectsafely';
import { linqChannel, type LinqTarget } from '@typingkit/linq';
import type { ProviderFactory } from '@typingkit/tsyringe';
import { fromEnvironment } from './environment.ts';

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
  imessage: () => fromEnvironment(linqChannel),
  linkedin: () => fromEnvironment(connectSafelyChannel),
};
