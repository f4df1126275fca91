import type { TypingErrorCode } from '@typingkit/core';
import type { Emphasis } from './arbitrary-vendor.ts';

const transient = [
  'network',
  'timeout',
  'unavailable',
  'bad-response',
] as const satisfies readonly TypingErrorCode[];
const final = [
  'forbidden',
  'not-found',
  'unsupported',
  'invalid-target',
  'rejected',
  'misconfigured',
] as const satisfies readonly TypingErrorCode[];

/** Kinds of days on which the promises have to hold. */
export const families = {
  /** Vendors that are mostly well, and can clear the bubble. */
  well: {
    trouble: 2,
    streaks: 0,
    codes: ['network', 'rate-limited'],
    stops: ['explicit'],
    hasBudgets: false,
    chats: 2,
    isPatient: false,
  },
  /** Vendors that fail in every way there is. */
  failing: {
    trouble: 7,
    streaks: 1,
    codes: [...transient, ...final, 'rate-limited', 'unauthenticated'],
    stops: ['explicit', 'expires'],
    hasBudgets: false,
    chats: 3,
    isPatient: false,
  },
  /** Vendors whose bubble can only be left to expire, and that allow so and so many requests. */
  thrifty: {
    trouble: 4,
    streaks: 1,
    codes: [...transient, 'rate-limited', 'rate-limited', 'forbidden'],
    stops: ['explicit', 'expires', 'expires'],
    hasBudgets: true,
    chats: 3,
    isPatient: false,
  },
  /** Vendors that are down for everybody, and now and then refuse the key. */
  down: {
    trouble: 9,
    streaks: 4,
    codes: [...transient, 'unauthenticated', 'unauthenticated', 'unauthenticated'],
    stops: ['explicit', 'expires'],
    hasBudgets: false,
    chats: 3,
    isPatient: false,
  },
  /** Vendors that refuse the key again and again, while others wait. */
  refusing: {
    trouble: 5,
    streaks: 5,
    codes: ['network', 'unauthenticated', 'unauthenticated', 'unauthenticated', 'unauthenticated'],
    stops: ['explicit', 'expires'],
    hasBudgets: false,
    chats: 3,
    isPatient: true,
  },
} as const satisfies Record<string, Emphasis>;
