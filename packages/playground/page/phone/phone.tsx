import type { JSX } from 'preact';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import type { PhoneSnapshot } from '../../src/protocol/snapshot.ts';
import { connection } from '../state/live.ts';
import { phoneAt } from '../state/phone-at.ts';
import { Composer } from './composer.tsx';
import { Dots } from './dots.tsx';
import { Transcript } from './transcript.tsx';

/** Whom the phone's owner writes to. */
const botName = 'Ada’s bot';

/** The recipient's phone: what is on it is what the simulator says is seen. */
export function Phone({ channel }: { readonly channel: PhoneChannel }): JSX.Element | null {
  const heard = phoneAt(channel);
  if (!heard) return null;
  // Whoever hears nothing more does not know what is on the screen.
  const phone = connection.value === 'lost' ? { ...heard, isBubbleVisible: false } : heard;
  const { name, look } = channelRows[channel];
  return (
    <section class="phone" aria-label={`${name} on the recipient’s phone`}>
      <div class="phone-screen">
        <div class="phone-status" aria-hidden="true">
          <span>9:41</span>
          <span class="phone-island" />
          <span class="phone-battery" />
        </div>
        <div class={`phone-contact is-${look.contact}`}>
          <span class="avatar" aria-hidden="true">
            A
          </span>
          <span>
            <strong>{botName}</strong>
            <span class="phone-contact-about" aria-hidden="true">
              {phone.isBubbleVisible ? <ContactTypes channel={channel} phone={phone} /> : name}
            </span>
          </span>
        </div>
        <Transcript channel={channel} phone={phone} botName={botName} />
        <Composer channel={channel} />
      </div>
    </section>
  );
}

interface ContactTypesProps {
  readonly channel: PhoneChannel;
  readonly phone: PhoneSnapshot;
}

/** What is said below the bot's name while it types. */
function ContactTypes({ channel, phone }: ContactTypesProps): JSX.Element {
  if (channelRows[channel].look.typing !== 'header')
    return <>{phone.bubbles.at(-1)?.shows ?? 'is typing…'}</>;
  return (
    <span class="typing-header" data-testid={`${channel}-bubble`}>
      <Dots />
      typing
    </span>
  );
}
