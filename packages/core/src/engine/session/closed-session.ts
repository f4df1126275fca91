import type { TypingError } from '../../contract/typing-error.ts';
import type { CloseReason, TypingSession } from '../../api/session.ts';

/** A session that never lived: what work gets where typing could not even begin. */
export function closedSession(error: TypingError): TypingSession {
  return {
    state: 'closed',
    get closed() {
      return Promise.resolve<CloseReason>('refused');
    },
    error,
    touch() {},
    messageSent() {},
    async stop() {},
    async [Symbol.asyncDispose]() {},
  };
}
