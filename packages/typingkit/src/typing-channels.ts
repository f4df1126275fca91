import type { EnvironmentTargets } from './known-providers.ts';

/**
 * The channels that the plain functions know, and their targets. Add yours, so that they type-check; where a channel has
 * several vendors, say which one's targets you use:
 *
 * ```ts
 * declare module 'typingkit' {
 *   interface TypingChannels {
 *     readonly pager: { readonly number: string };
 *     readonly imessage: LinqTarget;
 *   }
 * }
 * ```
 */
export interface TypingChannels extends EnvironmentTargets {}
