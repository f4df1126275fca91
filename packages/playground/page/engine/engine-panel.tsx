import type { JSX } from 'preact';
import { snapshot } from '../state/live.ts';
import { EventList } from './event-list.tsx';
import { PolicyTable } from './policy-table.tsx';

/** What the engine makes of it. */
export function EnginePanel(): JSX.Element | null {
  if (!snapshot.value) return null;
  const { phones, beganAtMs } = snapshot.value;
  return (
    <section id="engine" class="card engine-card" aria-labelledby="engine-title">
      <header class="panel-head">
        <h2 id="engine-title">How the engine answers</h2>
      </header>
      <PolicyTable phones={phones} />
      <h3>What it says</h3>
      <EventList phones={phones} beganAtMs={beganAtMs} />
    </section>
  );
}
