import { computed, signal } from '@preact/signals';
import {
  Legend,
  Now,
  type PickedRequest,
  SpanChoice,
  spanSeconds,
  storyAt,
  Timeline,
  TimelineTable,
} from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { snapshot } from '../state/live.ts';
import { headMs, replayed, viewMs } from '../state/view.ts';
import { endOf } from './end-of.ts';
import { RequestDetail } from './request-detail.tsx';
import { Scrub } from './scrub.tsx';
import { StoryFiles } from './story-files.tsx';
import { storyOf } from './story-of.ts';
import { TimeControls } from './time-controls.tsx';

const picked = signal<PickedRequest | undefined>(undefined);
/** Where the drawing ends: at the moment that is looked at. */
const present = computed(() =>
  replayed.value ? (headMs.value ?? endOf(replayed.value)) : viewMs.value,
);

/** Requests, refreshes and what was seen, on one axis. */
export function TimelinePanel(): JSX.Element | null {
  const drawing = useRef<HTMLDivElement>(null);
  if (!snapshot.value) return null;
  const whole = replayed.value ?? storyOf(snapshot.value);
  const head = headMs.value;
  const story = head === null ? whole : storyAt(whole, head);
  return (
    <section
      id="timeline"
      class="card timeline-card"
      aria-labelledby="timeline-title"
      tabIndex={-1}
    >
      <header class="panel-head">
        <h2 id="timeline-title">{replayed.value ? 'Replay' : 'Timeline'}</h2>
        <TimeControls />
        <SpanChoice />
      </header>
      <div ref={drawing}>
        <Now.Provider value={present}>
          <Timeline
            story={story}
            spanMs={spanSeconds.value * 1000}
            picked={picked.value}
            onPick={(next) => {
              picked.value = next;
            }}
          />
        </Now.Provider>
      </div>
      <Scrub story={whole} />
      <RequestDetail story={story} picked={picked.value} />
      <Legend />
      <div class="timeline-foot">
        <TimelineTable story={story} />
        <StoryFiles story={whole} drawing={drawing} />
      </div>
    </section>
  );
}
