import type { JSX } from 'preact';
import { asked, diagnose } from '../state/diagnose.ts';

const verdicts = {
  yes: 'A start would be seen, as far as the vendor knows.',
  no: 'Nothing is seen.',
  unknown: 'Nobody can say whether a start is seen.',
} as const;

/** Why nothing is seen, where somebody asked. */
export function DiagnosisBox({ conversation }: { readonly conversation: string }): JSX.Element {
  const about = asked.value?.conversation === conversation ? asked.value : undefined;
  return (
    <div class="diagnosis" role="status" data-testid="diagnosis">
      {!about && (
        <button class="button" type="button" onClick={() => void diagnose(conversation)}>
          Why is nothing seen?
        </button>
      )}
      {about && !about.answer && <p>{about.refusal ?? 'Asking the vendor…'}</p>}
      {about?.answer && (
        <>
          <p>
            <strong>{verdicts[about.answer.willShow]}</strong>
          </p>
          <ul>
            {about.answer.reasons.map(({ message, advice }) => (
              <li key={message}>
                {message}. {advice}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
