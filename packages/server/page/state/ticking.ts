import { type ReadonlySignal, signal } from '@preact/signals';
import { everyTick } from '@typingkit/page-parts';
import { serverNowMs } from './live.ts';

const now = signal(0);
const second = signal(0);

/** The time of the server, moving. */
export const nowMs: ReadonlySignal<number> = now;

/** The same, once a second: for what is written. */
export const calmNowMs: ReadonlySignal<number> = second;

/** Lets it move. */
export function tick(): void {
  everyTick(() => {
    now.value = serverNowMs();
    second.value = Math.floor(now.value / 1_000) * 1_000;
  });
}
