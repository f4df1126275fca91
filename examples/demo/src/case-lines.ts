import { answerInWords, viewInWords } from './answers.ts';
import { type Look, wrap } from './look.ts';
import type { CaseOutcome } from './run-cases.ts';

const margin = 2;
const labelColumns = 21;

/** A case in a few lines: why, what typingkit answered, what the recipient saw. */
export function caseLines(
  { newcomerCase, ...outcome }: CaseOutcome,
  look: Look,
): readonly string[] {
  const { answers, requests, view } = outcome;
  const failed = answers.some(({ error }) => error !== undefined);
  const seen = viewInWords(view.intervals, view.nowMs);
  const rows = [
    { label: newcomerCase.title, style: 'title', text: newcomerCase.why, ink: null },
    {
      label: '  typingkit',
      style: 'faint',
      text: answers.map(answerInWords).join('; then '),
      ink: failed ? 'failure' : 'start',
    },
    {
      label: '  recipient',
      style: 'faint',
      text: requests === 0 ? `${seen}: no request went out` : seen,
      ink: view.intervals.length > 0 ? 'bubble' : 'faint',
    },
  ] as const;
  return rows.flatMap(({ label, style, text, ink }) =>
    wrap(look.words(text), look.width - margin - labelColumns).map((line, row) => {
      const left =
        row === 0 ? look.paint(style, label.padEnd(labelColumns)) : ' '.repeat(labelColumns);
      // The first words say it; a whole paragraph of colour would shout.
      const right =
        row > 0 || ink === null
          ? line
          : line.replace(/^(saw nothing|saw the bubble|[\w-]+)/, (lead) => look.paint(ink, lead));
      return `${' '.repeat(margin)}${left}${right}`;
    }),
  );
}
