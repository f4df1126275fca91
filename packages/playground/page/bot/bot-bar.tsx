import { Choice } from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { change } from '../state/ask.ts';
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
const speeds = [
  { value: 1, text: '1×' },
  { value: 5, text: '5×' },
  { value: 20, text: '20×' },
] as const;

/** How the bot works, and how fast time goes. */
export function BotBar(): JSX.Element | null {
  const settings = snapshot.value?.settings;
  if (!settings) return null;
  const { bot, speed } = settings;
  const seconds = Math.round(bot.thinkMs / 1000);
  return (
    <section class="card bot-bar" aria-labelledby="bot-title">
      <h2 id="bot-title" class="bot-title">
        The bot
      </h2>
      <label class="slider">
        <span class="slider-label">
          Thinks for <span class="slider-value">{seconds} s</span>
        </span>
        <input
          type="range"
          min="1"
          max="120"
          value={seconds}
          aria-valuetext={`${seconds} seconds`}
          onInput={(event) =>
            void change({ bot: { thinkMs: event.currentTarget.valueAsNumber * 1000 } })
          }
        />
      </label>
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
      <Choice
        label="Time"
        options={speeds}
        value={speed}
        onChange={(next) => void change({ speed: next })}
      />
    </section>
  );
}
