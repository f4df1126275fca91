import type { TypingError } from '../../contract/typing-error.ts';
import type { CloseReason, KeepOptions, SessionState } from '../../api/session.ts';

/** What an indicator knows of a session that stands in its list. */
export interface ListedSession {
  /** Its neighbours: the list has no memory of its own. */
  preceding: ListedSession | undefined;
  following: ListedSession | undefined;
  /** Whether it counts: `delayMs` has passed. */
  isHolding: boolean;
  readonly id: string;
  readonly label: string | undefined;
  readonly options: KeepOptions;
  readonly state: SessionState;
  readonly ageMs: number;
  /** Whether it says how a start should be. */
  readonly hasWishes: boolean;
  /** How often it wants a refresh, in milliseconds; `Infinity` where it does not care. */
  readonly refreshEveryMs: number;
  /** How long its end may wait for a start in flight, in milliseconds. */
  readonly settleMs: number;
  /** Whether it goes on without the indicator where that is refused for good. */
  readonly fallsBack: boolean;
  /** Ends it because the person pressed Stop. */
  requestStop(): void;
  /** Ends it without a word to the indicator, which has let go of it. */
  finish(reason: CloseReason, error?: TypingError): void;
}
