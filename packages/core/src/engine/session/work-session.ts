import type { TypingSession } from '../../api/session.ts';

/** A session as the work sees it that it stands around. */
export interface WorkSession extends TypingSession {
  /** Whether somebody waits for what the work gives: a value, or the next chunk. That is a sign of life. */
  isAwaited: boolean;
}
