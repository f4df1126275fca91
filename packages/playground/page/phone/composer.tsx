import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import { write } from '../state/ask.ts';
import { usePersonTyping } from './person-typing.ts';

/** Where the person writes to the bot. */
export function Composer({ channel }: { readonly channel: PhoneChannel }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const { types, ceases } = usePersonTyping(channel);
  const underWay = useRef<string | undefined>(undefined);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const text = input.current?.value.trim() ?? '';
    if (text === '' || text === underWay.current) return;
    underWay.current = text;
    ceases();
    const wasTaken = await write(channel, text);
    underWay.current = undefined;
    // What was not taken stays, and so does what was written meanwhile.
    if (wasTaken && input.current?.value.trim() === text) input.current.value = '';
  };
  return (
    <form class="composer" onSubmit={(event) => void send(event)}>
      <input
        ref={input}
        class="composer-text"
        type="text"
        maxLength={500}
        autocomplete="off"
        placeholder="Write to the bot"
        aria-label={`Write to the bot on ${channelRows[channel].name}`}
        onInput={(event) => (event.currentTarget.value === '' ? ceases() : types())}
        onBlur={ceases}
      />
      <button class="composer-send" type="submit" aria-label="Send">
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <path
            d="M10 16V5m0 0L5 10m5-5 5 5"
            fill="none"
            stroke="currentColor"
            stroke-width="2.2"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        </svg>
      </button>
    </form>
  );
}
