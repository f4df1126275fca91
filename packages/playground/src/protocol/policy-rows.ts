import type { TypingErrorCode } from '@typingkit/core';

/** A row of the engine's failure policy, in words. A test holds the words to the engine's own table. */
export interface PolicyRow {
  readonly id: 'suspend-credential' | 'end-indicator' | 'wait' | 'count';
  readonly codes: readonly TypingErrorCode[];
  readonly title: string;
  readonly consequence: string;
}

/** Only what the vendor or the network can bring about here, in the order in which one meets it. */
export const policyRows: readonly PolicyRow[] = [
  {
    id: 'suspend-credential',
    codes: ['unauthenticated'],
    title: 'Rest the key',
    consequence: 'The whole credential rests. One probe goes out after 1 s, 2 s, 4 s … 5 min.',
  },
  {
    id: 'end-indicator',
    codes: ['forbidden', 'not-found', 'unsupported', 'invalid-target', 'rejected'],
    title: 'End the session',
    consequence: 'Trying again would not help. The sessions of this conversation end.',
  },
  {
    id: 'wait',
    codes: ['rate-limited'],
    title: 'Wait',
    consequence: 'Nothing is sent on this budget until Retry-After has passed; 30 s without one.',
  },
  {
    id: 'count',
    codes: ['network', 'timeout', 'unavailable', 'bad-response'],
    title: 'Try on, then rest',
    consequence:
      'The next start comes sooner. Three in a row, and the conversation rests for 30 s.',
  },
];

/** The row that answers a code. */
export function policyRowOf(code: string): PolicyRow | undefined {
  return policyRows.find(({ codes }) => codes.some((one) => one === code));
}
