import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { simulatedNowMs, snapshot } from './live.ts';

/** How often time moves on where it must not be an animation, in milliseconds. */
const calmMs = 1_000;

/** 0 until the first tick that knows a snapshot. */
const now = signal(0);
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** Simulated time, moving: with every frame, or once a second for those who want less motion. */
export const nowMs: ReadonlySignal<number> = computed(
  () => now.value || (snapshot.value?.nowMs ?? 0),
);

/** Lets it move. */
export function tick(): void {
  now.value = simulatedNowMs();
  if (calm.matches) setTimeout(tick, calmMs);
  else requestAnimationFrame(tick);
}
