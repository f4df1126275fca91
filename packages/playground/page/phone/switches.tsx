import { useSignal } from '@preact/signals';
import { Choice } from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import { change } from '../state/ask.ts';
import { phoneOf, snapshot } from '../state/live.ts';
import { chatShown } from './chat-shown.ts';

const troubles = [
  { value: 'none', text: 'Nothing' },
  { value: 'wrong-key', text: 'Wrong key' },
  { value: 'rate-limited', text: '429' },
  { value: 'server-error', text: '500' },
  { value: 'hang', text: 'Hang' },
  { value: 'reset', text: 'Reset' },
] as const;

/** What goes wrong. */
export function Switches({ channel }: { readonly channel: PhoneChannel }): JSX.Element | null {
  const settings = snapshot.value?.settings;
  if (!settings) return null;
  const { chats, switches } = channelRows[channel];
  const trouble = settings.trouble[channel];
  return (
    <>
      {chats.length > 1 && (
        <Choice
          label="Chat"
          options={chats}
          value={chatShown(channel, settings.chats[channel], phoneOf(channel))}
          onChange={(chat) => void change({ chats: { [channel]: chat } })}
        />
      )}
      {switches.map(({ setting, label, hint, options }) => (
        <Choice
          key={setting}
          label={label}
          {...(hint === undefined ? {} : { hint })}
          options={options}
          value={settings.switches[channel][setting] ?? ''}
          onChange={(value) => {
            const before = settings.switches[channel];
            void change({ switches: { [channel]: { ...before, [setting]: value } } });
          }}
        />
      ))}
      <Choice
        label="What goes wrong"
        options={troubles}
        value={trouble}
        onChange={(next) => void change({ trouble: { [channel]: next } })}
      />
      <RetryAfter seconds={settings.retryAfterSeconds} isShown={trouble === 'rate-limited'} />
    </>
  );
}

interface RetryAfterProps {
  readonly seconds: number;
  readonly isShown: boolean;
}

/** Its place is kept, so that nothing jumps. */
function RetryAfter({ seconds, isShown }: RetryAfterProps): JSX.Element {
  const isInvalid = useSignal(false);
  const take = (field: HTMLInputElement): void => {
    isInvalid.value = !field.validity.valid || field.value === '';
    if (!isInvalid.value) void change({ retryAfterSeconds: field.valueAsNumber });
  };
  return (
    <label class={`field retry-after ${isShown ? '' : 'is-room'}`}>
      Retry-After
      <input
        type="number"
        min="1"
        max="300"
        step="1"
        value={seconds}
        aria-invalid={isInvalid.value}
        onChange={(event) => take(event.currentTarget)}
      />
      <span class={`hint ${isInvalid.value ? 'is-wrong' : ''}`} role="status">
        {isInvalid.value ? 'a whole number of seconds, 1 to 300' : 's'}
      </span>
    </label>
  );
}
