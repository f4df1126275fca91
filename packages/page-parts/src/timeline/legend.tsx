import type { JSX } from 'preact';
import { MarkShape } from './mark.tsx';
import type { MarkKind } from './mark-kind.ts';

const marks: readonly (readonly [MarkKind, string])[] = [
  ['start', 'start'],
  ['refresh', 'refresh'],
  ['dark', 'accepted, not shown'],
  ['failure', 'failed'],
  ['stop', 'stop'],
  ['message', 'message'],
  ['question', 'question: reads, shows nothing'],
];

/** What the shapes mean. */
export function Legend(): JSX.Element {
  return (
    <ul class="legend" aria-hidden="true">
      {marks.map(([kind, text]) => (
        <li key={kind}>
          <svg width="18" height="18" viewBox="-9 -9 18 18">
            <MarkShape kind={kind} />
          </svg>
          {text}
        </li>
      ))}
      <li>
        <span class="swatch is-pause" /> paused on purpose
      </li>
      <li>
        <span class="swatch is-bubble" /> “typing…” is on the screen
      </li>
    </ul>
  );
}
