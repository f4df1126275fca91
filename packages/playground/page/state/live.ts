import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { changedSettings } from '../../src/protocol/changed-settings.ts';
import type { PhoneChannel, Settings, SettingsChange } from '../../src/protocol/settings.ts';
import type { PhoneSnapshot, Snapshot } from '../../src/protocol/snapshot.ts';

/** The newest snapshot; `undefined` before the first. */
const newest = signal<{ readonly snapshot: Snapshot; readonly receivedAtMs: number }>();

const connected = signal(false);

/** Whether the server can be heard. */
export const isConnected: ReadonlySignal<boolean> = connected;

export const snapshot: ReadonlySignal<Snapshot | undefined> = computed(
  () => newest.value?.snapshot,
);

/** What one phone shows now. */
export function phoneOf(channel: PhoneChannel): PhoneSnapshot | undefined {
  return snapshot.value?.phones[channel];
}

/** The phones of a snapshot, the left one first. */
export function phonesIn(phones: Snapshot['phones']): readonly [PhoneChannel, PhoneSnapshot][] {
  const order = newest.value?.snapshot.settings.phones ?? [];
  return order.flatMap((channel) => {
    const phone = phones[channel];
    return phone ? [[channel, phone] as [PhoneChannel, PhoneSnapshot]] : [];
  });
}

/** Simulated time now: the newest snapshot's, and what has passed since. */
export function simulatedNowMs(): number {
  const last = newest.peek();
  if (!last) return 0;
  const passedMs = performance.now() - last.receivedAtMs;
  return last.snapshot.nowMs + passedMs * last.snapshot.settings.speed;
}

/** Listens to the server from now on. The browser connects again by itself. */
export function listen(): void {
  const events = new EventSource('events');
  events.addEventListener('open', () => {
    connected.value = true;
  });
  events.addEventListener('error', () => {
    connected.value = false;
  });
  events.addEventListener('snapshot', (event) => {
    connected.value = true;
    show(JSON.parse(event.data));
  });
}

function show(next: Snapshot): void {
  if (anticipated && next.nowMs >= anticipated.untilMs) anticipated = undefined;
  const settings = anticipated?.settings ?? next.settings;
  newest.value = { snapshot: { ...next, settings }, receivedAtMs: performance.now() };
}

/** What the person has changed and the server may not have heard of yet. */
let anticipated: { readonly settings: Settings; readonly untilMs: number } | undefined;

/**
 * Shows settings as they will be, so that a switch does not jump back while the server is asked.
 *
 * @returns what to call with the moment from which on snapshots have the change in them.
 */
export function anticipate(change: SettingsChange): (changedAtMs: number) => void {
  const last = newest.peek();
  if (!last) return () => {};
  const { snapshot: shown, receivedAtMs } = last;
  const mine = { settings: changedSettings(shown.settings, change), untilMs: Infinity };
  anticipated = mine;
  newest.value = { snapshot: { ...shown, settings: mine.settings }, receivedAtMs };
  return (changedAtMs) => {
    // Where something else was changed meanwhile, the newest counts.
    if (anticipated === mine) anticipated = { ...mine, untilMs: changedAtMs };
  };
}
