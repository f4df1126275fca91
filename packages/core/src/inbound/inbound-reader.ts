import type { InboundTyping } from '../contract/inbound-event.ts';
import type { InboundHub, InboundSubscriber } from './inbound-hub.ts';

/** What a reader wants. */
export interface Reading {
  /** Which channel. `undefined`: all of them. */
  readonly channel: string | undefined;
  /** How many events may wait. */
  readonly capacity: number;
  /** Ends it. */
  readonly signal: AbortSignal | undefined;
  /** The buffer was full, and this event was dropped. May not throw. */
  readonly onDropped: (event: InboundTyping, isFirst: boolean) => void;
}

type Result = IteratorResult<InboundTyping, undefined>;

const over: Result = { value: undefined, done: true };

/** What a hub tells, as something to read: each reader has a buffer of its own. */
export function readingOf(hub: InboundHub, reading: Reading): AsyncIterable<InboundTyping> {
  return { [Symbol.asyncIterator]: () => new InboundReader(hub, reading) };
}

/** One reader. */
class InboundReader implements AsyncIterableIterator<InboundTyping, undefined>, InboundSubscriber {
  readonly #reading: Reading;
  readonly #leave: () => void;
  /** Events that nobody has read yet, the oldest first. Empty while somebody waits. */
  #buffer: InboundTyping[] = [];
  /** Those who wait for an event. */
  #waiting: ((result: Result) => void)[] = [];
  #isOver = false;
  #hasDropped = false;

  constructor(hub: InboundHub, reading: Reading) {
    this.#reading = reading;
    this.#leave = hub.subscribe(this, reading.signal);
  }

  get channel(): string | undefined {
    return this.#reading.channel;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    const value = this.#buffer.shift();
    if (value) return Promise.resolve({ value, done: false });
    if (this.#isOver) return Promise.resolve(over);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  return(): Promise<Result> {
    this.#leave();
    return Promise.resolve(over);
  }

  take(event: InboundTyping): void {
    const reader = this.#waiting.shift();
    if (reader) {
      reader({ value: event, done: false });
      return;
    }
    this.#buffer.push(event);
    if (this.#buffer.length <= this.#reading.capacity) return;
    const dropped = this.#buffer.shift();
    const isFirst = !this.#hasDropped;
    this.#hasDropped = true;
    if (dropped) this.#reading.onDropped(dropped, isFirst);
  }

  end(): void {
    this.#isOver = true;
    this.#buffer = [];
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const reader of waiting) reader(over);
  }
}
