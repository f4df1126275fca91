import type { TypingEvent } from '@typingkit/core';

/** One event, numbered. */
export interface LoggedEvent {
  readonly number: number;
  readonly atMs: number;
  readonly event: TypingEvent;
}

/** How many events are kept for readers that are slow or come back. */
const mostKept = 10_000;
/** Readers are told of what happened within this time at once, in milliseconds. */
const togetherMs = 20;

/** The newest events. Each reader has its own place in it, so a slow one costs no memory. */
export class EventLog {
  readonly #events: LoggedEvent[] = [];
  readonly #readers = new Set<() => void>();
  readonly #forget: () => void;
  #newest = 0;
  #timer: NodeJS.Timeout | undefined = undefined;

  constructor(observe: (listener: (event: TypingEvent) => void) => () => void) {
    this.#forget = observe((event) => this.#add(event));
  }

  /** The number of the newest event; 0 where there was none. */
  get newest(): number {
    return this.#newest;
  }

  /** How many clients read now. */
  get readers(): number {
    return this.#readers.size;
  }

  /**
   * The events behind a number, oldest first.
   *
   * @returns also how many of them are no longer here.
   */
  after(number: number, most: number): { events: readonly LoggedEvent[]; lost: number } {
    const oldest = Math.max(1, this.#newest - mostKept + 1);
    const from = Math.max(number + 1, oldest);
    const events: LoggedEvent[] = [];
    for (let next = from; next <= this.#newest && events.length < most; next += 1) {
      const event = this.#events[next % mostKept];
      if (event) events.push(event);
    }
    return { events, lost: number < 0 ? 0 : from - (number + 1) };
  }

  /** Calls back when there is more, soon after. @returns takes the reader away. */
  listen(wake: () => void): () => void {
    this.#readers.add(wake);
    return () => void this.#readers.delete(wake);
  }

  close(): void {
    this.#forget();
    clearTimeout(this.#timer);
    for (const wake of this.#readers) wake();
  }

  #add(event: TypingEvent): void {
    this.#newest += 1;
    this.#events[this.#newest % mostKept] = { number: this.#newest, atMs: Date.now(), event };
    if (this.#readers.size === 0 || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      for (const wake of this.#readers) wake();
    }, togetherMs);
    this.#timer.unref();
  }
}
