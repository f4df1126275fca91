import type { Story } from '@typingkit/page-parts';
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { nowMs } from './ticking.ts';

/** A story of a file that is looked at in place of what happens. */
export const replayed: Signal<Story | undefined> = signal<Story | undefined>(undefined);

/** The moment of the past that is looked at; `null`: the present. */
export const headMs: Signal<number | null> = signal<number | null>(null);

/** What is taken for the present. */
export const viewMs: ReadonlySignal<number> = computed(() => headMs.value ?? nowMs.value);
