import { errorCodes } from '@typingkit/core/error-codes';

/** What the process ends with where nothing failed, and where the failure is no `TypingError`. */
export const exitCodes = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  /** `diagnose`: nothing would be seen. */
  hidden: 3,
  /** `diagnose`: nobody can say whether it would be seen. */
  doubtful: 4,
  /** The output cannot be written: a full disk. */
  output: 5,
  /** The reader of the output has ended, as shells count it (SIGPIPE). */
  readerEnded: 141,
} as const;

/** The signals that ask a command to end, and what the process then ends with, as shells count it. */
export const exitCodesOfSignals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** What every exit code means, for `--help` and for the documentation. */
export const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [exitCodes.ok, 'done'],
  [exitCodes.unexpected, 'something else failed'],
  [exitCodes.usage, 'a command, argument or flag is invalid'],
  [exitCodes.hidden, 'diagnose: nothing would be seen'],
  [exitCodes.doubtful, 'diagnose: unknown whether anything would be seen'],
  [exitCodes.output, 'the output cannot be written, for example because the disk is full'],
  ...Object.entries(errorCodes).map(([code, { exitCode }]) => [exitCode, code] as const),
  [exitCodesOfSignals.SIGHUP, 'the terminal was closed (SIGHUP)'],
  [exitCodesOfSignals.SIGINT, 'keep: Ctrl-C (SIGINT)'],
  [exitCodes.readerEnded, 'the program that reads the output has ended (SIGPIPE)'],
  [exitCodesOfSignals.SIGTERM, 'keep: ended by SIGTERM'],
];
