import type { JSX } from 'preact';
import { refusal } from '../state/ask.ts';
import { connection } from '../state/live.ts';

const lost =
  'The playground has ended. Start it again with pnpm playground: this page connects by itself.';

/** What went wrong with the page itself. */
export function Notice(): JSX.Element {
  const isLost = connection.value === 'lost';
  const text = isLost ? lost : refusal.value;
  return (
    <div role="alert" class={`notice ${isLost ? 'is-lost' : ''}`} hidden={text === ''}>
      {text}
    </div>
  );
}
