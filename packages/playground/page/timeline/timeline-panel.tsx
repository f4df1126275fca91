import { signal } from '@preact/signals';
import { Choice, Legend, Now, Timeline, TimelineTable } from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { snapshot } from '../state/live.ts';
import { nowMs } from '../state/ticking.ts';
import { storyOf } from './story-of.ts';
import { TimeControls } from './time-controls.tsx';

const spans = [
  { value: 30, text: '30 s' },
  { value: 60, text: '1 min' },
  { value: 180, text: '3 min' },
  { value: 600, text: '10 min' },
] as const;
const spanSeconds = signal<number>(60);

/** Requests, refreshes and what was seen, on one axis. */
export function TimelinePanel(): JSX.Element | null {
  if (!snapshot.value) return null;
  const story = storyOf(snapshot.value);
  return (
    <section
      id="timeline"
      class="card timeline-card"
      aria-labelledby="timeline-title"
      tabIndex={-1}
    >
      <header class="panel-head">
        <h2 id="timeline-title">Timeline</h2>
        <TimeControls />
        <Choice
          label="Shows the last"
          options={spans}
          value={spanSeconds.value}
          onChange={(seconds) => {
            spanSeconds.value = seconds;
          }}
        />
      </header>
      <Now.Provider value={nowMs}>
        <Timeline story={story} spanMs={spanSeconds.value * 1000} />
      </Now.Provider>
      <Legend />
      <TimelineTable story={story} />
    </section>
  );
}
