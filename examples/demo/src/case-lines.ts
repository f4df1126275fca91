import { answerInWords, diagnosisInWords, viewInWords } from './answers.ts';
import { type Look, type Style, verdictStyles, wrap } from './look.ts';
import type { NewcomerAnswer } from './newcomer.ts';
import type { CaseOutcome } from './run-cases.ts';

const margin = 2;
const labelColumns = 21;

/** A case in a few lines: why, what typingkit answered, what the recipient saw, what `diagnose` had said of it. */
export function caseLines(
  { newcomerCase, ...outcome }: CaseOutcome,
  look: Look,
): readonly string[] {
  const { diagnosis, answers, requests, view } = outcome;
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
    { label: '  diagnose', style: 'faint', ...verdict(diagnosis, answers) },
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

function verdict(
  said: NewcomerAnswer,
  answers: readonly NewcomerAnswer[],
): { readonly text: string; readonly ink: Style } {
  const { diagnosis, error } = said;
  if (diagnosis)
    return { text: diagnosisInWords(diagnosis), ink: verdictStyles[diagnosis.willShow] };
  const isSame = answers.some((answer) => answer.error?.message === error?.message);
  const text = isSame ? 'rejects with the same error' : answerInWords(said);
  return { text, ink: 'failure' };
}
