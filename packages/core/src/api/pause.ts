/**
 * Who pauses a start.
 *
 * - `budget`: what the vendor allows one credential is spent.
 * - `rate-limit`: the vendor, or the caller, said that there were too many requests.
 * - `credential`: the vendor refused the credential.
 * - `circuit`: the last starts of this conversation have failed.
 * - `gate`: the gate itself did not answer, or has a reason of its own.
 */
export type PausedBy = 'budget' | 'rate-limit' | 'credential' | 'circuit' | 'gate';

/** That no start goes out for a while. */
export interface Pause {
  readonly by: PausedBy;
  /** Until when, on the clock of the engine. In the past where it ends with the next answer. */
  readonly untilMs: number;
}
