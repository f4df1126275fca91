import type { InboundTyping } from '../contract/inbound-event.ts';
import { longAgoMs } from '../time/long-ago.ts';
import { WheelEntry } from '../time/timer-wheel.ts';

/** How many events of one moment are told apart. Vendors count in seconds or in milliseconds. */
const mostEventsAtOnce = 16;

/** The person at the other end of one conversation: whether they type, and how new that is. */
export class Peer extends WheelEntry {
  readonly key: string;
  /** When they cease by themselves; in the past: they do not type. */
  typingUntilMs: number = longAgoMs;
  /** When they ceased, on the clock of the engine; in the past where nobody knows. */
  ceasedAtMs: number = longAgoMs;
  /** The `started` that holds now. */
  started: InboundTyping | undefined = undefined;
  /** Whether the last `started` was over because its time was. */
  hasExpired = false;
  readonly #onExpired: (peer: Peer) => void;
  #newestAtMs = -Infinity;
  /** Of the events of that moment. */
  #eventIds: string[] = [];

  constructor(key: string, onExpired: (peer: Peer) => void) {
    super();
    this.key = key;
    this.#onExpired = onExpired;
  }

  /** Whether an event is neither repeated nor overtaken by a newer one. */
  isNews({ at, eventId }: InboundTyping): boolean {
    const atMs = at.getTime();
    return (
      atMs > this.#newestAtMs || (atMs === this.#newestAtMs && !this.#eventIds.includes(eventId))
    );
  }

  note(event: InboundTyping, nowMs: number): void {
    const atMs = event.at.getTime();
    const before = atMs === this.#newestAtMs ? this.#eventIds : [];
    this.#newestAtMs = atMs;
    this.#eventIds = [...before, event.eventId].slice(-mostEventsAtOnce);
    const isTyping = event.state === 'started';
    this.started = isTyping ? event : undefined;
    // Whoever had expired ceased then.
    if (!isTyping && !this.hasExpired) this.ceasedAtMs = nowMs;
    this.typingUntilMs = isTyping ? nowMs + event.expiresInMs : longAgoMs;
    this.hasExpired = false;
  }

  /** Ends a `started` whose time is over. */
  expire(): void {
    this.started = undefined;
    this.ceasedAtMs = this.typingUntilMs;
    this.typingUntilMs = longAgoMs;
    this.hasExpired = true;
  }

  override onDue(): void {
    this.#onExpired(this);
  }
}
