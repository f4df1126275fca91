import { Choice } from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import { change } from '../state/ask.ts';
import { snapshot } from '../state/live.ts';

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
          value={settings.chats[channel]}
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
