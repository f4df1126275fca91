import type { JSX } from 'preact';
import type { InspectedSession } from '../../src/inspector/inspected.ts';
import { sessions as counted, span, until } from '../frame/moments.ts';
import { diagnose } from '../state/diagnose.ts';
import { conversation, look, state } from '../state/live.ts';
import { calmNowMs } from '../state/ticking.ts';

/** What is typing now: the first hundred sessions, and how many there are. */
export function SessionTable(): JSX.Element | null {
  const { value } = state;
  if (!value) return null;
  const { sessions, sessionCount, troubledCount, channels } = value;
  const rest = sessionCount - sessions.length;
  return (
    <section class="card panel" aria-labelledby="sessions-title">
      <header class="panel-head">
        <h2 id="sessions" tabIndex={-1}>
          <span id="sessions-title">Typing now</span>
        </h2>
        <p class="muted" data-testid="session-count">
          {counted(sessionCount)}
          {troubledCount > 0 && `, ${troubledCount.toLocaleString('en')} in trouble`}
        </p>
      </header>
      {channels.length > 0 && (
        <ul class="channel-counts">
          {channels.map(({ channel, provider, sessionCount: count }) => (
            <li key={`${channel} ${provider}`} class="badge">
              {channel} ({provider}): {count.toLocaleString('en')}
            </li>
          ))}
        </ul>
      )}
      {sessions.length === 0 ? (
        <p class="muted">Nobody is.</p>
      ) : (
        <div class="table-scroll sessions" tabIndex={0} role="region" aria-label="Sessions">
          <table>
            <thead>
              <tr>
                <th scope="col">Session</th>
                <th scope="col">Channel</th>
                <th scope="col">Conversation</th>
                <th scope="col">State</th>
                <th scope="col">Since</th>
                <th scope="col">Next start</th>
                <th scope="col">
                  <span class="visually-hidden">Why is nothing seen?</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sessions.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rest > 0 && (
        <p class="muted" data-testid="more">
          and {rest.toLocaleString('en')} more, which are younger or in no trouble
        </p>
      )}
    </section>
  );
}

function SessionRow({ session }: { readonly session: InspectedSession }): JSX.Element {
  const { id, label, channel, provider, state: current, pausedBy } = session;
  const isChosen = session.conversation === conversation.value;
  const { nextStartAtMs, pausedUntilMs, openedAtMs, recipient } = session;
  const nextAtMs = pausedUntilMs ?? nextStartAtMs;
  const name = recipient ?? session.conversation;
  return (
    <tr class={isChosen ? 'is-chosen' : undefined}>
      <td title={id} data-label="Session">
        {label ?? `${id.slice(0, 8)}…`}
      </td>
      <td data-label="Channel">
        {channel} <span class="muted">({provider})</span>
      </td>
      <td data-label="Conversation">
        <button
          class="link"
          type="button"
          aria-pressed={isChosen}
          onClick={() => look(session.conversation)}
        >
          {name}
        </button>
      </td>
      <td data-label="State">
        {current} {pausedBy !== undefined && <span class="badge is-hot">{pausedBy}</span>}
      </td>
      <td data-label="Since">{span(calmNowMs.value - openedAtMs)}</td>
      <td data-label="Next start">
        {nextAtMs === undefined ? '' : until(nextAtMs, calmNowMs.value)}
      </td>
      <td>
        <button
          class="button is-small"
          type="button"
          aria-label={`Diagnose ${name}`}
          onClick={() => {
            look(session.conversation);
            void diagnose(session.conversation);
          }}
        >
          Diagnose
        </button>
      </td>
    </tr>
  );
}
