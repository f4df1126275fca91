import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import type { DiagnosisAnswer } from '../../src/protocol/snapshot.ts';
import { diagnose } from '../state/ask.ts';
import { snapshot } from '../state/live.ts';

const verdicts = {
  yes: 'A start would be seen.',
  no: 'A start would not be seen.',
  unknown: 'It is unknown whether a start would be seen.',
} as const;

/** Asks typingkit why nothing is seen. */
export function Diagnose({ channel }: { readonly channel: PhoneChannel }): JSX.Element {
  const asked = useSignal<{ readonly about: string; readonly answer: DiagnosisAnswer }>();
  const about = switchesOf(channel);
  const ask = async (): Promise<void> => {
    const answer = await diagnose(channel);
    asked.value = answer && { about, answer };
  };
  // What was so before something was switched may be so no more.
  const answer = asked.value?.about === about ? asked.value.answer : undefined;
  return (
    <div class="diagnose">
      <button
        class="button is-wide"
        type="button"
        aria-label={`Why is nothing seen on ${channelRows[channel].name}?`}
        onClick={() => void ask()}
      >
        Why is nothing seen?
      </button>
      <div role="status" data-testid={`${channel}-diagnosis`}>
        {answer && (
          <div class={`diagnosis is-${answer.willShow}`}>
            <p>
              <strong>{verdicts[answer.willShow]}</strong>
            </p>
            <ul>
              {answer.reasons.map(({ code, message, advice }) => (
                <li key={code}>
                  <code class="badge">{code}</code> {message}. <em>{advice}</em>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </div>
  );
}

function switchesOf(channel: PhoneChannel): string {
  const settings = snapshot.value?.settings;
  return JSON.stringify([
    settings?.chats[channel],
    settings?.switches[channel],
    settings?.trouble[channel],
  ]);
}
