import type { JSX } from 'preact';
import { refusal } from '../state/ask.ts';

/** What went wrong with the page itself. */
export function Notice(): JSX.Element {
  return (
    <div role="alert" class="notice" hidden={refusal.value === ''}>
      {refusal.value}
    </div>
  );
}
