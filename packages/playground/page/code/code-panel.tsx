import { signal } from '@preact/signals';
import { Choice, CopyButton } from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import { codeOnScreen } from '../../src/protocol/code-on-screen.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import { shellOnScreen } from '../../src/protocol/shell-on-screen.ts';
import { phoneOf, snapshot } from '../state/live.ts';
import { type Language, tokensOf } from './tokens.ts';

const languages = [
  { value: 'typescript', text: 'TypeScript' },
  { value: 'shell', text: 'Terminal' },
] as const;
const picked = signal<PhoneChannel | undefined>(undefined);
const language = signal<Language>('typescript');

/** The code that does what is on the screen, and what does it from a terminal. */
export function CodePanel(): JSX.Element | null {
  const settings = snapshot.value?.settings;
  if (!settings) return null;
  const { phones } = settings;
  const channel = phones.find((one) => one === picked.value) ?? phones[0];
  const phone = phoneOf(channel);
  if (!phone) return null;
  const code =
    language.value === 'shell'
      ? shellOnScreen(channel, phone)
      : codeOnScreen(channel, settings, phone.doesBotSeeTyping === true);
  return (
    <section class="card code-card" aria-labelledby="code-title">
      <header class="panel-head">
        <h2 id="code-title">The code that does this</h2>
        <CopyButton text={code} />
      </header>
      <div class="code-choices">
        <Choice
          label="For"
          options={phones.map((value) => ({ value, text: channelRows[value].name }))}
          value={channel}
          onChange={(next) => {
            picked.value = next;
          }}
        />
        <Choice
          label="In"
          options={languages}
          value={language.value}
          onChange={(next) => {
            language.value = next;
          }}
        />
      </div>
      <pre class="code" tabIndex={0} role="region" aria-label="Code">
        <code>
          {tokensOf(code, language.value).map(({ kind, text }, index) =>
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
