import { Choice } from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { change } from '../state/ask.ts';
import { PhonePicker } from '../phone/phone-picker.tsx';
import { snapshot } from '../state/live.ts';

const answers = [
  { value: 'short', text: 'Short' },
  { value: 'medium', text: 'Medium' },
  { value: 'long', text: 'Long' },
] as const;
const manners = [
  { value: 'whole', text: 'At once' },
  { value: 'streamed', text: 'Streamed' },
] as const;

/** How the bot works, and on which phones. */
export function BotBar(): JSX.Element | null {
  const settings = snapshot.value?.settings;
  if (!settings) return null;
  const { bot } = settings;
  const seconds = Math.round(bot.thinkMs / 1000);
  return (
    <section class="card bot-bar" aria-labelledby="bot-title">
      <h2 id="bot-title" class="bot-title">
        The bot
      </h2>
      <Slider
        label="Thinks for"
        unit="s"
        units="seconds"
        min={1}
        max={120}
        value={seconds}
        onChange={(next) => void change({ bot: { thinkMs: next * 1000 } })}
      />
      <Slider
        label="Writes"
        unit="words/min"
        units="words a minute"
        min={20}
        max={200}
        value={bot.wordsPerMinute}
        // Whoever sends everything at once has written it while thinking.
        isDisabled={!bot.streams}
        onChange={(wordsPerMinute) => void change({ bot: { wordsPerMinute } })}
      />
      <Choice
        label="Answer"
        options={answers}
        value={bot.answer}
        onChange={(answer) => void change({ bot: { answer } })}
      />
      <Choice
        label="Sends it"
        options={manners}
        value={bot.streams ? 'streamed' : 'whole'}
        onChange={(manner) => void change({ bot: { streams: manner === 'streamed' } })}
      />
      <PhonePicker />
    </section>
  );
}

interface SliderProps {
  readonly label: string;
  readonly unit: string;
  /** As a screen reader says it. */
  readonly units: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  readonly isDisabled?: boolean;
  readonly onChange: (value: number) => void;
}

function Slider(props: SliderProps): JSX.Element {
  const { label, unit, units, min, max, value, isDisabled = false, onChange } = props;
  return (
    <label class="slider">
      <span class="slider-label">
        {label}{' '}
        <span class="slider-value">
          {value} {unit}
        </span>
      </span>
      <input
        type="range"
        min={min}
        max={max}
        value={value}
        disabled={isDisabled}
        aria-valuetext={`${value} ${units}`}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
}
