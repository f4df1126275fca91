import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { InspectedEvent, InspectedState } from '../../src/inspector/inspected.ts';
import { eventsIn } from './server-sent-events.ts';

/** How the page gets on with its server. */
type Connection = 'connecting' | 'live' | 'lost' | 'needs-token';

/** How many events of a conversation are kept. */
const mostEvents = 2_000;
const retryMs = 2_000;
/** Where the browser keeps the token: until its tab is closed. */
const tokenPlace = 'typingkit-token';

const newest = signal<{ readonly state: InspectedState; readonly receivedAtMs: number }>();
const happened = signal<readonly InspectedEvent[]>([]);
const connected = signal<Connection>('connecting');
const chosen = signal<string>();
const recipients = signal(false);

export const connection: ReadonlySignal<Connection> = connected;

/** The newest state; `undefined` before the first. */
export const state: ReadonlySignal<InspectedState | undefined> = computed(
  () => newest.value?.state,
);

/** What happened in the conversation that is looked at, oldest first. */
export const events: ReadonlySignal<readonly InspectedEvent[]> = happened;

/** The conversation that is looked at. */
export const conversation: ReadonlySignal<string | undefined> = chosen;

/** Whether ids of recipients are asked for. */
export const areRecipientsShown: ReadonlySignal<boolean> = recipients;

let stream = new AbortController();

/** The time of the server now. */
export function serverNowMs(): number {
  const last = newest.peek();
  return last ? last.state.nowMs + performance.now() - last.receivedAtMs : 0;
}

/** Looks at a conversation, and at no other. */
export function look(at: string | undefined): void {
  if (at === chosen.peek()) return;
  chosen.value = at;
  listen();
}

export function showRecipients(areShown: boolean): void {
  recipients.value = areShown;
  listen();
}

/** Lets the page in. */
export function useToken(token: string): void {
  sessionStorage.setItem(tokenPlace, token);
  listen();
}

export function headers(): Record<string, string> {
  const token = sessionStorage.getItem(tokenPlace);
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

/** Listens to the server from now on, and again where it is lost. A token cannot be given to the browser's own `EventSource`. */
export function listen(): void {
  stream.abort();
  stream = new AbortController();
  happened.value = [];
  if (connected.peek() === 'needs-token') connected.value = 'connecting';
  void keepListening(stream.signal);
}

async function keepListening(over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const isRefused = await read(over).catch(() => false);
    if (over.aborted) return;
    connected.value = isRefused ? 'needs-token' : 'lost';
    if (isRefused) return;
    await new Promise((resolve) => void setTimeout(resolve, retryMs));
    happened.value = [];
  }
}

/** @returns whether the server wants another token. */
async function read(over: AbortSignal): Promise<boolean> {
  const query = new URLSearchParams({ recipients: recipients.peek() ? 'shown' : 'masked' });
  const at = chosen.peek();
  if (at !== undefined) query.set('conversation', at);
  const response = await fetch(`api/events?${query}`, { headers: headers(), signal: over });
  if (response.status === 401) return true;
  if (!response.ok || !response.body) return false;
  for await (const { event, data } of eventsIn(response.body)) {
    if (over.aborted) return false;
    connected.value = 'live';
    if (event === 'state') {
      newest.value = { state: JSON.parse(data), receivedAtMs: performance.now() };
    } else if (event === 'happened') {
      happened.value = [...happened.value, ...JSON.parse(data)].slice(-mostEvents);
    }
  }
  return false;
}
