import {
  Legend,
  Now,
  SaveStory,
  SpanChoice,
  spanSeconds,
  Timeline,
  TimelineTable,
} from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { conversation, events, look, state } from '../state/live.ts';
import { nowMs } from '../state/ticking.ts';
import { DiagnosisBox } from './diagnosis-box.tsx';
import { storyOf } from './story-of.ts';

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
        <SpanChoice />
        <div class="actions">
          <SaveStory story={story} name={chosen} drawing={drawing} />
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
