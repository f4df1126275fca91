import type { JSX } from 'preact';
import { connection } from '../state/live.ts';

/** What went wrong with the page itself. */
export function Notice(): JSX.Element {
  const isLost = connection.value === 'lost';
  return (
    <div role="alert" class="notice" hidden={!isLost}>
      {isLost ? 'The server does not answer. What you see is how it was.' : ''}
    </div>
  );
}
