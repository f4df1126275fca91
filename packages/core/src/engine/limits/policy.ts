import { errorCodeRow, type SessionConsequence } from '../../contract/error-codes.ts';

/** What a failed start means for the sessions behind it. */
export function consequenceOf(code: string): SessionConsequence {
  return errorCodeRow(code).sessions;
}

/** Whether the vendor said no. Else nobody knows whether the indicator is up. */
export function isRefusal(consequence: SessionConsequence): boolean {
  return consequence !== 'counts-toward-circuit' && consequence !== 'keeps-cadence';
}

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
