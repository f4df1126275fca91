import { errorCodeRow, type SessionConsequence } from '../../contract/error-codes.ts';

/** What a failed start means for the sessions behind it. */
export function consequenceOf(code: string): SessionConsequence {
  return errorCodeRow(code).sessions;
}

/** Whether the vendor said no. Else nobody knows whether the indicator is up. */
export function isRefusal(consequence: SessionConsequence): boolean {
  return consequence !== 'counts-toward-circuit' && consequence !== 'keeps-cadence';
}

/** Whether something is a time that one can wait, in milliseconds. */
export function isPause(ms: unknown): ms is number {
  return typeof ms === 'number' && ms >= 0 && ms < 2 ** 31;
}

/** What the vendor, or the caller, says of how long to wait, but an hour at the most: what is wrong has a way back. */
export function boundedPauseMs(ms: number): number {
  return Math.ceil(Math.min(ms, longestPauseMs));
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
/** How long the first request of a credential may keep the others waiting, in milliseconds. */
export const firstAnswerMs = 1_000;
/** How long what a gate in memory knows of a credential or a budget is kept when nobody types on it, in milliseconds. */
export const forgetAfterMs = 60_000;
/** How long anything that somebody else says can pause starts at the most, in milliseconds: an hour. */
const longestPauseMs = 3_600_000;
/** How long a gate may think about a start before it is taken for silent, in milliseconds. */
export const gateTimeoutMs = 1_000;
/** How long it may think about a stop, for which it may have to ask another process, in milliseconds. */
export const gateStopTimeoutMs = 1_500;
/** How soon a gate that did not answer is asked again, in milliseconds; a random part of the cadence is added. */
export const gatePauseMs = 500;
/** How soon after a failure the next start goes out, where the cadence would be slower, in milliseconds. */
export const afterFailureMs = 5_000;
/** How long after a message the indicator is raised again, in milliseconds. */
export const resumeMs = 1_000;
/** How long a stop that hangs may keep the next start waiting, in milliseconds. */
export const stopPatienceMs = 1_500;

/** One timing of the failure policy; all but the first are milliseconds. */
export type PolicyTiming =
  | 'failuresToOpenCircuit'
  | 'circuitCoolDownMs'
  | 'rateLimitCoolDownMs'
  | 'leastPauseMs'
  | 'longestPauseMs'
  | 'firstSuspensionMs'
  | 'longestSuspensionMs'
  | 'firstAnswerMs'
  | 'afterFailureMs'
  | 'resumeMs'
  | 'stopPatienceMs'
  | 'gateTimeoutMs'
  | 'gateStopTimeoutMs'
  | 'gatePauseMs'
  | 'forgetAfterMs';

/** Every timing of the failure policy, as data. What follows from each error code stands in `errorCodes`. */
export const policyTimings: Readonly<Record<PolicyTiming, number>> = {
  failuresToOpenCircuit,
  circuitCoolDownMs,
  rateLimitCoolDownMs,
  leastPauseMs,
  longestPauseMs,
  firstSuspensionMs,
  longestSuspensionMs,
  firstAnswerMs,
  afterFailureMs,
  resumeMs,
  stopPatienceMs,
  gateTimeoutMs,
  gateStopTimeoutMs,
  gatePauseMs,
  forgetAfterMs,
};
