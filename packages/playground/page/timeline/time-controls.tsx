import { Choice } from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { change, step } from '../state/ask.ts';
import { snapshot } from '../state/live.ts';

const speeds = [
  { value: 1, text: '1×' },
  { value: 5, text: '5×' },
  { value: 20, text: '20×' },
] as const;

/** How far time goes on with one step, in simulated milliseconds. */
const stepMs = 1_000;

/** How fast time goes, and whether it goes at all. */
export function TimeControls(): JSX.Element | null {
  const settings = snapshot.value?.settings;
  if (!settings) return null;
  const { speed, isPaused } = settings;
  return (
    <div class="time-controls">
      <Choice
        label="Time"
        options={speeds}
        value={speed}
        onChange={(next) => void change({ speed: next })}
      />
      <button
        class="button"
        type="button"
        aria-pressed={isPaused}
        onClick={() => void change({ isPaused: !isPaused })}
      >
        {isPaused ? 'Go on' : 'Pause'}
      </button>
      <button class="button" type="button" disabled={!isPaused} onClick={() => void step(stepMs)}>
        Step 1 s
      </button>
    </div>
  );
}
