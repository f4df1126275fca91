import { useComputed } from '@preact/signals';
import { clock, momentsOf, type Story } from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { nowMs } from '../state/ticking.ts';
import { headMs, replayed } from '../state/view.ts';
import { endOf } from './end-of.ts';

/** Goes back to any moment of a story, and from one thing that happened to the next. */
export function Scrub({ story }: { readonly story: Story }): JSX.Element {
  const { beganAtMs } = story;
  // Changes once a second, not with each frame.
  const liveSeconds = useComputed(() => Math.floor((nowMs.value - beganAtMs) / 1_000)).value;
  const endMs = replayed.value ? endOf(story) : beganAtMs + liveSeconds * 1_000;
  const head = headMs.value;
  const atMs = head ?? endMs;
  const moments = momentsOf(story);
  const before = moments.findLast((moment) => moment < atMs);
  const after = moments.find((moment) => moment > atMs);
  return (
    <div class="scrub" role="group" aria-label="Look back">
      <button
        class="button"
        type="button"
        aria-label="Step back"
        disabled={before === undefined}
        onClick={() => {
          headMs.value = before ?? null;
        }}
      >
        ◀
      </button>
      <input
        type="range"
        min={beganAtMs}
        max={Math.max(endMs, beganAtMs + 1)}
        step="1"
        value={atMs}
        aria-label="Moment"
        aria-valuetext={head === null ? 'the present' : clock(atMs - beganAtMs)}
        onInput={(event) => {
          headMs.value = event.currentTarget.valueAsNumber;
        }}
      />
      <button
        class="button"
        type="button"
        aria-label="Step on"
        disabled={head === null}
        onClick={() => {
          headMs.value = after ?? (replayed.value ? endMs : null);
        }}
      >
        ▶
      </button>
      <button
        class="button"
        type="button"
        disabled={head === null && !replayed.value}
        onClick={() => {
          replayed.value = undefined;
          headMs.value = null;
        }}
      >
        {replayed.value ? 'Back to the phones' : 'Now'}
      </button>
    </div>
  );
}
