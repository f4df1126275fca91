import type { JSX } from 'preact';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import { Choice } from '../frame/choice.tsx';
import { change } from '../state/ask.ts';
import { snapshot } from '../state/live.ts';

const chats = [
  { value: 'active', text: 'Active' },
  { value: 'inactive', text: 'Inactive' },
  { value: 'sms', text: 'SMS' },
  { value: 'group', text: 'Group' },
] as const;
const eras = [
  { value: 'april', text: 'April' },
  { value: 'july', text: 'July' },
  { value: 'august', text: 'August' },
] as const;
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
  const trouble = settings.trouble[channel];
  return (
    <>
      {channel === 'imessage' && (
        <>
          <Choice
            label="Chat"
            options={chats}
            value={settings.chat}
            onChange={(chat) => void change({ chat })}
          />
          <Choice
            label="Linq as of"
            hint="2026"
            options={eras}
            value={settings.era}
            onChange={(era) => void change({ era })}
          />
        </>
      )}
      <Choice
        label="What goes wrong"
        options={troubles}
        value={trouble}
        onChange={(next) => void change({ trouble: { [channel]: next } })}
      />
      {trouble === 'rate-limited' && (
        <label class="field">
          Retry-After
          <input
            type="number"
            min="1"
            max="300"
            value={settings.retryAfterSeconds}
            onChange={(event) => {
              const seconds = event.currentTarget.valueAsNumber;
              if (seconds >= 1) void change({ retryAfterSeconds: Math.round(seconds) });
            }}
          />
          s
        </label>
      )}
    </>
  );
}
