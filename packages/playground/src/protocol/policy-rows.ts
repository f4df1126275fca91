import {
  errorCodes,
  type SessionConsequence,
  sessionConsequences,
  type TypingErrorCode,
} from '@typingkit/core/error-codes';

/** A row of the engine's failure policy, in words. */
export interface PolicyRow {
  readonly id: SessionConsequence;
  readonly codes: readonly TypingErrorCode[];
  readonly title: string;
  readonly consequence: string;
}

/** What only the bot's own code can bring about, and no vendor. */
const ownMistakes: ReadonlySet<string> = new Set(['misconfigured', 'unknown-channel', 'stopped']);

/** Only what the vendor or the network can bring about here, in the order in which one meets it. */
export const policyRows: readonly PolicyRow[] = [
  policyRow('suspends-credential', 'Pause the key'),
  policyRow('ends-session', 'End the session'),
  policyRow('waits', 'Wait'),
  policyRow('counts-toward-circuit', 'Keep trying, then pause'),
];

function policyRow(id: SessionConsequence, title: string): PolicyRow {
  const codes = Object.entries(errorCodes)
    .filter(([code, { sessions }]) => sessions === id && !ownMistakes.has(code))
    // They are the keys of the table.
    .map(([code]) => code as TypingErrorCode);
  // The sentences are Markdown; the page shows plain text.
  return { id, codes, title, consequence: sessionConsequences[id].replaceAll('`', '') };
}

/** The row that answers a code. */
export function policyRowOf(code: string): PolicyRow | undefined {
  return policyRows.find(({ codes }) => codes.some((one) => one === code));
}
