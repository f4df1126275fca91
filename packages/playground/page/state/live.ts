import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { changedSettings } from '../../src/protocol/changed-settings.ts';
import type { PhoneChannel, Settings, SettingsChange } from '../../src/protocol/settings.ts';
import type { PhoneSnapshot, Snapshot } from '../../src/protocol/snapshot.ts';

/** The newest snapshot; `undefined` before the first. */
const newest = signal<{ readonly snapshot: Snapshot; readonly receivedAtMs: number }>();

/** `lost`: the server was heard, and is no more. */
export type Connection = 'connecting' | 'live' | 'lost';

const state = signal<Connection>('connecting');

/** Whether the server can be heard. */
export const connection: ReadonlySignal<Connection> = state;

/** A server that has said nothing for so long is lost: it gives a sign of life each second. */
const silenceMs = 6_000;

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
  if (passedMs > silenceMs) lose();
  const { nowMs, settings } = last.snapshot;
  return hasStopped(settings) ? nowMs : nowMs + passedMs * settings.speed;
}

/** Time goes no further than what was heard last. */
function hasStopped({ isPaused }: Settings): boolean {
  return isPaused || state.peek() === 'lost';
}

/** The server does not answer. */
export function lose(): void {
  state.value = 'lost';
}

/** Listens to the server from now on. The browser connects again by itself. */
export function listen(): void {
  const events = new EventSource('events');
  events.addEventListener('open', () => {
    state.value = 'live';
  });
  events.addEventListener('error', lose);
  events.addEventListener('snapshot', (event) => {
    state.value = 'live';
    show(JSON.parse(event.data));
  });
}

function show(next: Snapshot): void {
  if (anticipated && next.nowMs >= anticipated.untilMs) anticipated = undefined;
  const settings = anticipated?.settings ?? next.settings;
  const phones = { ...next.phones, ...switchedPhones(next, anticipated?.change) };
  newest.value = { snapshot: { ...next, settings, phones }, receivedAtMs: performance.now() };
}

/** What the person has changed and the server may not have heard of yet. */
let anticipated:
  | { readonly settings: Settings; readonly change: SettingsChange; readonly untilMs: number }
  | undefined;

/**
 * Shows settings as they will be, so that a switch does not jump back while the server is asked.
 *
 * @returns what to call with the moment from which on snapshots have the change in them.
 */
export function anticipate(change: SettingsChange): (changedAtMs: number) => void {
  const last = newest.peek();
  if (!last) return () => {};
  const { snapshot: shown, receivedAtMs } = last;
  const settings = changedSettings(shown.settings, change);
  const mine = { settings, change, untilMs: Infinity };
  anticipated = mine;
  const phones = { ...shown.phones, ...switchedPhones(shown, change) };
  newest.value = { snapshot: { ...shown, settings, phones }, receivedAtMs };
  return (changedAtMs) => {
    // Where something else was changed meanwhile, the newest counts.
    if (anticipated === mine) anticipated = { ...mine, untilMs: changedAtMs };
  };
}

/** The phones at which something is switched: what was before is of other switches. */
function switchedPhones(
  { phones }: Snapshot,
  { chats, switches, trouble }: SettingsChange = {},
): Snapshot['phones'] {
  const switched = Object.entries(phones).filter(
    // The names are those of the phones.
    ([name]) => [chats, switches, trouble].some((some) => some?.[name as PhoneChannel]),
  );
  return Object.fromEntries(
    switched.map(([name, phone]) => [name, { ...phone, switchedAfterId: Infinity }]),
  );
}
