import type { JSX } from 'preact';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import { snapshot } from '../state/live.ts';

/** Where the page is long and narrow: everything in it, always in reach. */
export function JumpBar(): JSX.Element | null {
  const phones = snapshot.value?.settings.phones;
  if (!phones) return null;
  return (
    <nav class="jump-bar" aria-label="Parts of the page">
      <a href="#timeline">Timeline</a>
      {phones.map((channel) => (
        <a key={channel} href={`#phone-${channel}`}>
          {channelRows[channel].name}
        </a>
      ))}
      <a href="#engine">Engine</a>
    </nav>
  );
}
