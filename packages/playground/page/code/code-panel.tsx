import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { codeOnScreen } from '../../src/protocol/code-on-screen.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import { Choice } from '../frame/choice.tsx';
import { phoneOf, snapshot } from '../state/live.ts';
import { CopyButton } from './copy-button.tsx';
import { tokensOf } from './tokens.ts';

const channels = [
  { value: 'imessage', text: 'iMessage' },
  { value: 'linkedin', text: 'LinkedIn' },
] as const;
const channel = signal<PhoneChannel>('imessage');

/** The code that does what is on the screen. */
export function CodePanel(): JSX.Element | null {
  const settings = snapshot.value?.settings;
  const phone = phoneOf(channel.value);
  if (!settings || !phone) return null;
  const code = codeOnScreen(channel.value, settings, phone.isPersonTyping);
  return (
    <section class="card code-card" aria-labelledby="code-title">
      <header class="panel-head">
        <h2 id="code-title">The code that does this</h2>
        <CopyButton text={code} />
      </header>
      <Choice
        label="For"
        options={channels}
        value={channel.value}
        onChange={(next) => {
          channel.value = next;
        }}
      />
      <pre class="code" tabIndex={0} role="region" aria-label="Code">
        <code>
          {tokensOf(code).map(({ kind, text }, index) =>
            kind === 'plain' ? (
              text
            ) : (
              <span key={index} class={`token is-${kind}`}>
                {text}
              </span>
            ),
          )}
        </code>
      </pre>
    </section>
  );
}
