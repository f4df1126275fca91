import type { JSX } from 'preact';
import {
  channelRows,
  phoneChannels,
  type PhoneChannel,
} from '../../src/protocol/channels/channel-rows.ts';
import { change } from '../state/ask.ts';
import { snapshot } from '../state/live.ts';

/** Which two phones are to be seen. */
export function PhonePicker(): JSX.Element | null {
  const phones = snapshot.value?.settings.phones;
  if (!phones) return null;
  const [left, right] = phones;
  // Who picks the one that is on the other side swaps the two.
  const pickLeft = (picked: PhoneChannel): void =>
    void change({ phones: [picked, picked === right ? left : right] });
  const pickRight = (picked: PhoneChannel): void =>
    void change({ phones: [picked === left ? right : left, picked] });
  return (
    <div class="phone-picker" role="group" aria-label="Which phones">
      <PhoneSelect label="Left phone" value={left} onPick={pickLeft} />
      <PhoneSelect label="Right phone" value={right} onPick={pickRight} />
    </div>
  );
}

interface PhoneSelectProps {
  readonly label: string;
  readonly value: PhoneChannel;
  readonly onPick: (picked: PhoneChannel) => void;
}

function PhoneSelect({ label, value, onPick }: PhoneSelectProps): JSX.Element {
  return (
    <label class="field">
      {label}
      <select
        value={value}
        onChange={(event) => {
          const picked = phoneChannels.find((channel) => channel === event.currentTarget.value);
          if (picked) onPick(picked);
        }}
      >
        {phoneChannels.map((channel) => (
          <option key={channel} value={channel}>
            {channelRows[channel].name}
          </option>
        ))}
      </select>
    </label>
  );
}
