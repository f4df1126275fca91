import type { Pause } from './pause.ts';
import type { SessionState } from './session.ts';

/**
 * One session that is alive, for the question "why is it still typing?". Printed or made JSON it shows no id of a
 * recipient: `conversation` and `target` are there for a program that reads them.
 */
export interface SessionSnapshot {
  /** See `typing.session(id)`. */
  readonly id: string;
  /** What its options call it. */
  readonly label?: string | undefined;
  readonly channel: string;
  readonly provider: string;
  /** The key of the conversation. It may hold ids of recipients. Not enumerable. */
  readonly conversation: string;
  /** The newest target of the conversation. Not enumerable. */
  readonly target: unknown;
  readonly state: SessionState;
  /** How long it has lived, in milliseconds. */
  readonly ageMs: number;
  /** When the next start of the conversation is due, on the clock of the engine. Absent: none is. */
  readonly nextStartAtMs?: number | undefined;
  /** Who keeps starts from going out now. Absent: nobody does. */
  readonly pause?: Pause | undefined;
}
