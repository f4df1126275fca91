import type { HiddenBecause } from '@typingkit/simulator';

/** Why a start that the vendor accepted put nothing on the screen. */
export const hiddenWords: Readonly<Record<HiddenBecause, string>> = {
  inactive: 'no message of ours for 5 minutes',
  sms: 'SMS has no indicator',
  rcs: 'none over RCS',
  'opted-out': 'the person wants no messages',
  'turned-off': 'one of both has turned it off',
  'needs-stop-first': 'the app has swept it away',
};
