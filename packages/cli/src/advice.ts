import { errorCodeRow, type TypingErrorCode } from '@typingkit/core/error-codes';

/** What a command line can do, where that is more than the table of error codes says. */
const ofCommandLine: Readonly<Partial<Record<string, string>>> = {
  misconfigured: 'Check the settings: `typingkit channels` lists them.',
  'unknown-channel': '`typingkit channels` lists the channels.',
  'invalid-target': 'Check the flags: --help has an example of each.',
  network: 'Check the connection, and the base URL if one is set.',
  timeout: 'Try again, or allow more time with --timeout.',
} satisfies Partial<Record<TypingErrorCode, string>>;

/** What to do next, where the error itself does not say. */
export function adviceFor(code: string): string {
  return ofCommandLine[code] ?? errorCodeRow(code).advice;
}
