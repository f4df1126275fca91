import { ThemeSwitch } from '@typingkit/page-parts';
import type { JSX } from 'preact';
import icon from '../icon.svg';
import { areRecipientsShown, connection, showRecipients } from '../state/live.ts';

const words = {
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Lost: connecting again…',
  'needs-token': 'Locked',
} as const;

/** What this is, and what is for the whole page. */
export function Header(): JSX.Element {
  return (
    <header class="header">
      <h1 class="brand">
        <img src={icon} alt="" width="30" height="30" />
        <span>
          typingkit <span class="brand-what">inspector</span>
        </span>
      </h1>
      <p class="header-about">What is typing now, what rests, and why.</p>
      <div class="header-actions">
        <span role="status" class={`connection ${connection.value === 'live' ? 'is-live' : ''}`}>
          {words[connection.value]}
        </span>
        <label class="check">
          <input
            type="checkbox"
            checked={areRecipientsShown.value}
            onChange={(event) => showRecipients(event.currentTarget.checked)}
          />
          Show recipients
        </label>
        <ThemeSwitch />
      </div>
    </header>
  );
}
