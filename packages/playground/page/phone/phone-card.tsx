import type { JSX } from 'preact';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import { lookOf } from './look-of.ts';
import { Diagnose } from './diagnose.tsx';
import { Phone } from './phone.tsx';
import { Seen } from './seen.tsx';
import { Switches } from './switches.tsx';
import { Verdict } from './verdict.tsx';

/** A phone, and beside it what can be done to it. */
export function PhoneCard({ channel }: { readonly channel: PhoneChannel }): JSX.Element {
  const { name, vendorName, look } = channelRows[channel];
  const titleId = `${channel}-title`;
  return (
    <article
      id={`phone-${channel}`}
      class={`card phone-card is-${channel} is-${look.corners} is-${look.messages ?? 'bubbles'}`}
      style={lookOf(channel)}
      aria-labelledby={titleId}
    >
      <Phone channel={channel} />
      <div class="phone-side">
        <header class="phone-heading">
          <h2 id={titleId}>{name}</h2>
          <p class="muted">through {vendorName}</p>
        </header>
        <Seen channel={channel} />
        <Switches channel={channel} />
        <Verdict channel={channel} />
        <Diagnose channel={channel} />
      </div>
    </article>
  );
}
