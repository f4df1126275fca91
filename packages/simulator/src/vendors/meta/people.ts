import { randomInt } from 'node:crypto';

import { z } from 'zod';

import { withoutUndefined } from '../../input.ts';
import type { SimulatedConversation } from '../vendor.ts';

/** Someone who has written to a page on Facebook, or to an account on Instagram. */
export interface MetaPerson<
  Target extends { readonly recipientId: string } = { readonly recipientId: string },
> extends SimulatedConversation {
  /** The id of a person for this page or account only. */
  readonly target: Target;
  /** The page or account. */
  readonly ownerId: string;
  readonly person: 'signed-in' | 'signed-out' | 'blocked' | 'silent';
  /** When something was last written here, in simulated milliseconds since the Unix epoch. */
  readonly updatedAtMs: number;
}

/** What a new conversation is like; by default one with a person who has just written and is signed in. */
export interface MetaPersonOptions {
  readonly recipientId?: string | undefined;
  /** Default: the one page or account that there is mostly. */
  readonly ownerId?: string | undefined;
  /** `blocked`: has blocked the page. `silent`: has not written for 24 hours. */
  readonly person?: MetaPerson['person'] | undefined;
}

/** What of a conversation can change while it lives. */
export type MetaPersonChange = Pick<MetaPersonOptions, 'person'>;

const change = { person: z.enum(['signed-in', 'signed-out', 'blocked', 'silent']).optional() };
export const metaPersonChange: z.ZodType<MetaPersonChange> = z.strictObject(change);
export const metaPersonOptions: z.ZodType<MetaPersonOptions> = z.strictObject({
  ...change,
  recipientId: z
    .string()
    .regex(/^\d{5,20}$/)
    .optional(),
  ownerId: z.string().regex(/^\d+$/).optional(),
});

/** @param targetOf how typingkit names the two ids. */
export function newMetaPerson<Target extends { readonly recipientId: string }>(
  options: MetaPersonOptions,
  defaultOwnerId: string,
  nowMs: number,
  targetOf: (recipientId: string, ownerId: string) => Target,
): MetaPerson<Target> {
  const { recipientId = `54582908${String(randomInt(10_000_000, 100_000_000))}` } = options;
  const { ownerId = defaultOwnerId } = options;
  return {
    person: 'signed-in',
    ...withoutUndefined(options),
    id: recipientId,
    target: targetOf(recipientId, ownerId),
    ownerId,
    updatedAtMs: nowMs,
  };
}
