import type { TypingErrorCode } from '../../contract/typing-error.ts';

/**
 * What a failed start means for the sessions behind it.
 *
 * - `suspend-credential`: nothing is sent with this credential but one probe at a time, after 1 s, 2 s, 4 s … 5 min.
 * - `end-indicator`: it will not get better by trying again. The sessions of this conversation end.
 * - `wait`: nothing is sent on this budget until the vendor's `Retry-After` has passed.
 * - `count`: three in a row open the circuit of this conversation; after a cool-down one probe goes out.
 */
export type Consequence = 'suspend-credential' | 'end-indicator' | 'wait' | 'count';

/** The whole failure policy of sessions. */
export const policy: Readonly<Record<TypingErrorCode, Consequence>> = {
  unauthenticated: 'suspend-credential',

  forbidden: 'end-indicator',
  'not-found': 'end-indicator',
  unsupported: 'end-indicator',
  'invalid-target': 'end-indicator',
  rejected: 'end-indicator',
  misconfigured: 'end-indicator',
  'unknown-channel': 'end-indicator',
  stopped: 'end-indicator',

  'rate-limited': 'wait',

  network: 'count',
  timeout: 'count',
  unavailable: 'count',
  'bad-response': 'count',
};

/** How many failures in a row open the circuit of a conversation. */
export const failuresToOpenCircuit = 3;
/** How long an open circuit stays open, in milliseconds. */
export const circuitCoolDownMs = 30_000;
/** How long to wait where the vendor says `rate-limited` but not how long, in milliseconds. */
export const rateLimitCoolDownMs = 30_000;
/** How long to wait at the least after a failure, in milliseconds, whatever the vendor says. */
export const leastPauseMs = 1_000;
/** How long a credential is suspended at first, and at the most, in milliseconds. It doubles in between. */
export const firstSuspensionMs = 1_000;
export const longestSuspensionMs = 300_000;
