import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { simulatedNowMs, snapshot } from './live.ts';

/** How often time moves on where it must not be an animation, in milliseconds. */
const calmMs = 1_000;

/** Time at the last tick. */
const now = signal(0);
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * Simulated time, moving: with every frame, or once a second for those who want less motion. It never lies before what is
 * shown, however late a tick comes.
 */
export const nowMs: ReadonlySignal<number> = computed(() =>
  Math.max(now.value, snapshot.value?.nowMs ?? 0),
);

/** Lets it move. */
export function tick(): void {
  now.value = simulatedNowMs();
  if (calm.matches) setTimeout(tick, calmMs);
  else requestAnimationFrame(tick);
}
