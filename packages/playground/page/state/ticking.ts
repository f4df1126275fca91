import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { everyTick } from '@typingkit/page-parts';
import { simulatedNowMs, snapshot } from './live.ts';

/** Time at the last tick. */
const now = signal(0);

/** Simulated time, moving. It never lies before what is shown, however late a tick comes. */
export const nowMs: ReadonlySignal<number> = computed(() =>
  Math.max(now.value, snapshot.value?.nowMs ?? 0),
);

/** Lets it move. */
export function tick(): void {
  everyTick(() => {
    now.value = simulatedNowMs();
  });
}
