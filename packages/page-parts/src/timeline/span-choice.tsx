import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Choice } from '../frame/choice.tsx';

const spans = [
  { value: 30, text: '30 s' },
  { value: 60, text: '1 min' },
  { value: 180, text: '3 min' },
  { value: 600, text: '10 min' },
] as const;

/** How much of the past a page's timeline draws, in seconds. */
export const spanSeconds = signal<number>(60);

/** Chooses it. */
export function SpanChoice(): JSX.Element {
  return (
    <Choice
      label="Shows the last"
      options={spans}
      value={spanSeconds.value}
      onChange={(seconds) => {
        spanSeconds.value = seconds;
      }}
    />
  );
}
