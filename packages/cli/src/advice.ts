import type { TypingErrorCode } from '@typingkit/core';

/** What to do next, where the error itself does not know. */
export const adviceFor: Readonly<Record<TypingErrorCode, string>> = {
  misconfigured: 'Mend the settings: `typingkit channels` says which there are.',
  'unknown-channel': '`typingkit channels` lists the channels.',
  'invalid-target': 'Look at the flags again: --help has an example of each.',
  unauthenticated: 'Renew the key: the vendor does not take it.',
  forbidden: 'Leave this conversation alone: the key may not type in it.',
  'not-found': 'Check the id: is it one of this account?',
  unsupported: 'Leave it out: the vendor cannot do it here.',
  rejected: 'Look up the code at the vendor.',
  'bad-response': 'Check the base URL: a proxy or a login page answers so.',
  stopped: 'Nothing: it was stopped.',
  'rate-limited': 'Wait a while, and send less often.',
  unavailable: 'Try again later: the vendor is in trouble.',
  network: 'Check the connection, and the base URL where one is set.',
  timeout: 'Try again, or allow more time with --timeout.',
};
