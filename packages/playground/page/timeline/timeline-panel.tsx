import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Choice } from '../frame/choice.tsx';
import { snapshot } from '../state/live.ts';
import { Legend } from './legend.tsx';
import { Timeline } from './timeline.tsx';
import { TimelineTable } from './timeline-table.tsx';

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
  return (
    <section class="card timeline-card" aria-labelledby="timeline-title">
      <header class="panel-head">
        <h2 id="timeline-title">Timeline</h2>
        <Choice
          label="Shows the last"
          options={spans}
          value={spanSeconds.value}
          onChange={(seconds) => {
            spanSeconds.value = seconds;
          }}
        />
      </header>
      <Timeline snapshot={snapshot.value} spanMs={spanSeconds.value * 1000} />
      <Legend />
      <TimelineTable snapshot={snapshot.value} />
    </section>
  );
}
