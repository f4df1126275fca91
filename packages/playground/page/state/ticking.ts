import { type ReadonlySignal, signal } from '@preact/signals';
import { simulatedNowMs } from './live.ts';

/** How often time moves on where it must not be an animation, in milliseconds. */
const calmMs = 1_000;

const now = signal(0);
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** Simulated time, moving: with every frame, or once a second for those who want less motion. */
export const nowMs: ReadonlySignal<number> = now;

/** Lets it move. */
export function tick(): void {
  now.value = simulatedNowMs();
  if (calm.matches) setTimeout(tick, calmMs);
  else requestAnimationFrame(tick);
}
