import { signal } from '@preact/signals';
import {
  Choice,
  Legend,
  Now,
  pictureOf,
  save,
  Timeline,
  TimelineTable,
} from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { conversation, events, look, state } from '../state/live.ts';
import { nowMs } from '../state/ticking.ts';
import { DiagnosisBox } from './diagnosis-box.tsx';
import { storyOf } from './story-of.ts';

const spans = [
  { value: 30, text: '30 s' },
  { value: 60, text: '1 min' },
  { value: 180, text: '3 min' },
  { value: 600, text: '10 min' },
] as const;
const spanSeconds = signal<number>(60);

/** What happened in one conversation, and what a ticket needs of it. */
export function ConversationPanel(): JSX.Element | null {
  const drawing = useRef<HTMLDivElement>(null);
  const chosen = conversation.value;
  if (chosen === undefined || !state.value) return null;
  const sessions = state.value.sessions.filter((session) => session.conversation === chosen);
  const story = storyOf(chosen, events.value, sessions);
  return (
    <section class="card timeline-card" aria-labelledby="conversation-title">
      <header class="panel-head">
        <h2 id="conversation-title">Conversation {chosen}</h2>
        <Choice
          label="Shows the last"
          options={spans}
          value={spanSeconds.value}
          onChange={(seconds) => {
            spanSeconds.value = seconds;
          }}
        />
        <div class="actions">
          <button
            class="button"
            type="button"
            onClick={() =>
              save(`${chosen}.json`, 'application/json', JSON.stringify(story, null, 2))
            }
          >
            Save as JSON
          </button>
          <button
            class="button"
            type="button"
            onClick={() => {
              const picture = drawing.current?.querySelector('svg');
              if (picture) save(`${chosen}.svg`, 'image/svg+xml', pictureOf(picture));
            }}
          >
            Save as SVG
          </button>
          <button class="button" type="button" onClick={() => look(undefined)}>
            Close
          </button>
        </div>
      </header>
      <DiagnosisBox conversation={chosen} />
      <div ref={drawing}>
        <Now.Provider value={nowMs}>
          <Timeline story={story} spanMs={spanSeconds.value * 1_000} />
        </Now.Provider>
      </div>
      <Legend />
      <TimelineTable story={story} />
    </section>
  );
}
