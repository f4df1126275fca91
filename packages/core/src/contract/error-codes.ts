/** Why a typing call failed. Switch on it; {@link errorCodes} says what follows from each. */
export type TypingErrorCode =
  | 'misconfigured'
  | 'unknown-channel'
  | 'invalid-target'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'unsupported'
  | 'rejected'
  | 'bad-response'
  | 'stopped'
  | 'rate-limited'
  | 'unavailable'
  | 'network'
  | 'timeout';

/** What a failed start means for the sessions behind it. {@link sessionConsequences} says it in sentences. */
export type SessionConsequence =
  | 'ends-session'
  | 'suspends-credential'
  | 'waits'
  | 'counts-toward-circuit'
  | 'keeps-cadence';

/** Everything that follows from the code of an error. */
export interface ErrorCodeRow {
  /** When it happens, as a phrase. */
  readonly meaning: string;
  /** Whether the same call may succeed later. A provider that knows better overrides it. */
  readonly retryable: boolean;
  /** What a start that failed with it does to sessions. */
  readonly sessions: SessionConsequence;
  /** What it tells `diagnose`. `hides`: a start would end the same way. `may-hide`: nobody can say. */
  readonly effect: 'hides' | 'may-hide';
  /** What the CLI exits with: from 10 there is something to fix, from 20 the problem may be temporary. */
  readonly exitCode: number;
  /** What to do next, as a sentence, if the error itself does not say. */
  readonly advice: string;
}

/** One row for each code. The engine, `diagnose`, the CLI and the documentation use it. */
export const errorCodes: Readonly<Record<TypingErrorCode, ErrorCodeRow>> = {
  misconfigured: {
    meaning: 'an option is invalid: a missing key, a malformed URL, a timeout of 0',
    retryable: false,
    sessions: 'ends-session',
    effect: 'hides',
    exitCode: 10,
    advice: 'Check the options of the provider.',
  },
  'unknown-channel': {
    meaning: 'there is no provider for the channel',
    retryable: false,
    sessions: 'ends-session',
    effect: 'hides',
    exitCode: 11,
    advice: 'Check the name of the channel.',
  },
  'invalid-target': {
    meaning: 'the target is invalid; no request was made',
    retryable: false,
    sessions: 'ends-session',
    effect: 'hides',
    exitCode: 12,
    advice: 'Check the target.',
  },
  unauthenticated: {
    meaning: 'the vendor refused the key (401), or the key function returned no key',
    retryable: false,
    sessions: 'suspends-credential',
    effect: 'hides',
    exitCode: 13,
    advice: 'Renew the key.',
  },
  forbidden: {
    meaning: 'the key may not type in this conversation (403)',
    retryable: false,
    sessions: 'ends-session',
    effect: 'hides',
    exitCode: 14,
    advice: 'Check what the key may do in this conversation.',
  },
  'not-found': {
    meaning: 'there is no such conversation (404)',
    retryable: false,
    sessions: 'ends-session',
    effect: 'hides',
    exitCode: 15,
    advice: 'Check the id: does the conversation belong to this account?',
  },
  unsupported: {
    meaning: 'the vendor cannot do this for this target',
    retryable: false,
    sessions: 'ends-session',
    effect: 'hides',
    exitCode: 16,
    advice: 'Leave the typing indicator out here.',
  },
  rejected: {
    meaning: 'any other 4xx, or a success whose body says that it failed',
    retryable: false,
    sessions: 'ends-session',
    effect: 'hides',
    exitCode: 17,
    advice: "Look up the vendor's own code.",
  },
  'bad-response': {
    meaning: 'a success response that is not what the vendor documents, or a redirect',
    retryable: false,
    sessions: 'counts-toward-circuit',
    effect: 'may-hide',
    exitCode: 18,
    advice: 'Check baseUrl: a proxy or a login page answers like this.',
  },
  stopped: {
    meaning: 'a stop overtook the start, or `close()` was called',
    retryable: false,
    sessions: 'ends-session',
    effect: 'may-hide',
    exitCode: 19,
    advice: 'There is nothing to do: it was stopped.',
  },
  'rate-limited': {
    meaning: 'there were too many requests (429); `retryAfterMs` says when to retry',
    retryable: true,
    sessions: 'waits',
    effect: 'may-hide',
    exitCode: 20,
    advice: 'Try again later, and less often: messages need the budget more.',
  },
  unavailable: {
    meaning: 'the vendor has a problem (5xx), or the key function threw',
    retryable: true,
    sessions: 'counts-toward-circuit',
    effect: 'may-hide',
    exitCode: 21,
    advice: 'Try again later: the vendor has a problem.',
  },
  network: {
    meaning: "the connection failed; the message ends with the system's code, such as `ECONNRESET`",
    retryable: true,
    sessions: 'counts-toward-circuit',
    effect: 'may-hide',
    exitCode: 22,
    advice: 'Check the connection, and try again.',
  },
  timeout: {
    meaning: 'there was no answer in time',
    retryable: true,
    sessions: 'counts-toward-circuit',
    effect: 'may-hide',
    exitCode: 23,
    advice: 'Try again, or raise timeoutMs.',
  },
};

/** For a code that is not in the table: one from another version. */
const unknownCode: ErrorCodeRow = {
  meaning: 'a code that this version does not know',
  retryable: false,
  sessions: 'keeps-cadence',
  effect: 'may-hide',
  exitCode: 1,
  advice: 'Use the same version of all packages of typingkit.',
};

/** What each {@link SessionConsequence} does, as a sentence. */
export const sessionConsequences: Readonly<Record<SessionConsequence, string>> = {
  'ends-session': 'A retry would not help: the sessions of this conversation end.',
  'suspends-credential':
    'Only one probe at a time is sent with this credential, after 1 s, 2 s, 4 s … 5 minutes. All sessions continue when it works again.',
  waits: 'Nothing is sent on this budget until `Retry-After` has passed, or for 30 s without one.',
  'counts-toward-circuit':
    'The next start comes sooner. After three failures in a row this conversation rests for 30 s, then one probe is sent.',
  'keeps-cadence': 'The next start comes when the next refresh is due.',
};

export function isTypingErrorCode(code: unknown): code is TypingErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code);
}

/** The row of a code. One that is not in the table is not retryable, ends nothing and speeds nothing up. */
export function errorCodeRow(code: string): ErrorCodeRow {
  return isTypingErrorCode(code) ? errorCodes[code] : unknownCode;
}
