import { type ReadonlySignal, signal } from '@preact/signals';
import { serverNowMs } from './live.ts';

/** How often time moves on where it must not be an animation, in milliseconds. */
const calmMs = 1_000;

const now = signal(0);
const second = signal(0);
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** The time of the server, moving: with every frame, or once a second for those who want less motion. */
export const nowMs: ReadonlySignal<number> = now;

/** The same, once a second: for what is written. */
export const calmNowMs: ReadonlySignal<number> = second;

/** Lets it move. */
export function tick(): void {
  now.value = serverNowMs();
  second.value = Math.floor(now.value / 1_000) * 1_000;
  if (calm.matches) setTimeout(tick, calmMs);
  else requestAnimationFrame(tick);
}
