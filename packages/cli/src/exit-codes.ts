import type { TypingErrorCode } from '@typingkit/core';

/** What the process ends with where nothing failed, and where the failure is no `TypingError`. */
export const exitCodes = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  /** `diagnose`: nothing would be seen. */
  hidden: 3,
  /** `diagnose`: nobody can say whether it would be seen. */
  doubtful: 4,
} as const;

/** The signals that ask a command to end, and what the process then ends with, as shells count it. */
export const exitCodesOfSignals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** What the process ends with after a `TypingError`: from 10, mend something; from 20, try again later. */
export const exitCodesOfErrors: Readonly<Record<TypingErrorCode, number>> = {
  misconfigured: 10,
  'unknown-channel': 11,
  'invalid-target': 12,
  unauthenticated: 13,
  forbidden: 14,
  'not-found': 15,
  unsupported: 16,
  rejected: 17,
  'bad-response': 18,
  stopped: 19,
  'rate-limited': 20,
  unavailable: 21,
  network: 22,
  timeout: 23,
};

/** What every exit code means, for `--help` and for the documentation. */
export const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [exitCodes.ok, 'done'],
  [exitCodes.unexpected, 'something failed that is no error of a channel'],
  [exitCodes.usage, 'a command, an argument or a flag is wrong'],
  [exitCodes.hidden, 'diagnose: nothing would be seen'],
  [exitCodes.doubtful, 'diagnose: nobody can say whether it would be seen'],
  ...Object.entries(exitCodesOfErrors).map(([code, exitCode]) => [exitCode, code] as const),
  [exitCodesOfSignals.SIGHUP, 'keep: the terminal was closed (SIGHUP)'],
  [exitCodesOfSignals.SIGINT, 'keep: Ctrl-C (SIGINT)'],
  [exitCodesOfSignals.SIGTERM, 'keep: ended by SIGTERM'],
];
