import type { JSX } from 'preact';
import type { InspectedRest } from '../../src/inspector/inspected.ts';
import { sessions, until } from '../frame/moments.ts';
import { look, state } from '../state/live.ts';
import { calmNowMs } from '../state/ticking.ts';

const names = {
  credential: 'The key is refused',
  circuit: 'A conversation fails',
  'rate-limit': 'The vendor asks to wait',
  budget: 'The budget is spent',
  gate: 'The gate is closed',
} as const;

/** What rests, why, until when, and what to do about it. */
export function RestList(): JSX.Element {
  const rests = state.value?.rests ?? [];
  return (
    <section class="card panel" aria-labelledby="rests-title">
      <h2 id="rests-title">What rests</h2>
      {rests.length === 0 ? (
        <p class="muted">Nothing does: every start that is due goes out.</p>
      ) : (
        <ul class="rests" data-testid="rests">
          {rests.map((rest) => (
            <Rest
              key={`${rest.by} ${rest.channel} ${rest.provider} ${rest.conversation}`}
              rest={rest}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function Rest({ rest }: { readonly rest: InspectedRest }): JSX.Element {
  const { by, channel, why, advice, untilMs, sessionCount, conversation } = rest;
  return (
    <li class={`rest is-${by}`}>
      <p>
        <strong>{names[by]}</strong> <span class="badge">{channel}</span>
      </p>
      <p>
        {why} {advice}
      </p>
      <p class="muted">
        {sessions(sessionCount)} {sessionCount === 1 ? 'waits' : 'wait'}; the next try is due{' '}
        {until(untilMs, calmNowMs.value)}.{' '}
        {conversation !== undefined && (
          <button class="link" type="button" onClick={() => look(conversation)}>
            Show {conversation}
          </button>
        )}
      </p>
    </li>
  );
}
