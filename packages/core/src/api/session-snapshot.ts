import type { SessionState } from './session.ts';

/** One session that is alive, for the question "why is it still typing?". */
export interface SessionSnapshot {
  readonly channel: string;
  /** The key of the conversation. It may hold ids of recipients: keep it out of logs. */
  readonly conversation: string;
  readonly state: SessionState;
  /** How long it has lived, in milliseconds. */
  readonly ageMs: number;
}
