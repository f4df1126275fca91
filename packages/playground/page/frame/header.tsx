import { ThemeSwitch } from '@typingkit/page-parts';
import type { JSX } from 'preact';
import icon from '../icon.svg';
import { reset } from '../state/ask.ts';
import { type Connection, connection } from '../state/live.ts';

/** What this is, and what is for the whole page. */
export function Header(): JSX.Element {
  return (
    <header class="header">
      <h1 class="brand">
        <img src={icon} alt="" width="30" height="30" />
        <span>
          typingkit <span class="brand-what">playground</span>
        </span>
      </h1>
      <p class="header-about">
        What the person at the other end sees while your bot thinks, and what the engine does about
        it.
      </p>
      <div class="header-actions">
        <span class={`connection is-${connection.value}`} data-testid="connection">
          {connections[connection.value]}
        </span>
        <button class="button" type="button" onClick={() => void reset()}>
          Start over
        </button>
        <ThemeSwitch />
      </div>
    </header>
  );
}

const connections: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Ended',
};
