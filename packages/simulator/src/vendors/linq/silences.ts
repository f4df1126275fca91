/** Why a start that Linq accepted put nothing on the recipient's screen, in words that follow "accepted, but". */
export const LINQ_SILENCES = {
  inactive: 'no message of ours for 5 minutes',
  sms: 'SMS has no indicator',
  rcs: 'none over RCS',
  'needs-stop-first': 'the app has cleared it',
  'opted-out': 'the person has opted out of messages',
} as const;

export type LinqSilence = keyof typeof LINQ_SILENCES;
