import type { EventLog, LoggedEvent } from './event-log.ts';

/** How often something is sent although nothing happens, so that both ends notice when the other one has gone. */
const signOfLifeMs = 15_000;
const mostAtOnce = 200;

/** What one client wants to hear. */
export interface EventReading {
  readonly log: EventLog;
  /** Begins behind the event of this number. */
  readonly after: number;
  /** Ends the stream. */
  readonly closing: AbortSignal;
  /** What to send of an event; `undefined`: nothing. */
  readonly show: (event: LoggedEvent) => object | undefined;
}

/** Events as they happen, for as long as the client reads. */
export function eventStream(reading: EventReading): Response {
  return new Response(new ReadableStream(new EventReader(reading)), {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // nginx would hold the events back.
      'x-accel-buffering': 'no',
    },
  });
}

/**
 * It is asked for more only when the client has taken what was sent, so a slow client holds no memory: it hears `lost`
 * if it is too slow.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
class EventReader implements UnderlyingDefaultSource<Uint8Array> {
  readonly #reading: EventReading;
  readonly #encoder = new TextEncoder();
  readonly #onWake = (): void => this.#wake?.();
  readonly #leave: () => void;
  #wake: (() => void) | undefined = undefined;
  #place: number;
  #hasLeft = false;

  constructor(reading: EventReading) {
    const { after, closing, log } = reading;
    this.#reading = reading;
    this.#place = after;
    this.#leave = log.listen(this.#onWake);
    closing.addEventListener('abort', this.#onWake, { once: true });
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    // The client knows that the stream is open with the first byte.
    controller.enqueue(this.#encoder.encode(': open\n\n'));
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const { closing, log } = this.#reading;
    while (!closing.aborted && !this.#hasLeft) {
      const text = this.#next();
      if (text !== '') {
        controller.enqueue(this.#encoder.encode(text));
        return;
      }
      // What was looked at last was not for this client.
      if (this.#place < log.newest) continue;
      if (!(await this.#isWoken())) {
        controller.enqueue(this.#encoder.encode(': still here\n\n'));
        return;
      }
    }
    // A client that has left has closed it already.
    if (this.#hasLeft) return;
    this.cancel();
    controller.close();
  }

  cancel(): void {
    this.#hasLeft = true;
    this.#leave();
    this.#reading.closing.removeEventListener('abort', this.#onWake);
    this.#wake?.();
  }

  #next(): string {
    const { log, show } = this.#reading;
    const { events, lost } = log.after(this.#place, mostAtOnce);
    const texts = lost > 0 ? [written('lost', undefined, { type: 'lost', count: lost })] : [];
    for (const event of events) {
      const shown = show(event);
      if (shown) texts.push(written('typing', event.number, shown));
    }
    this.#place = events.at(-1)?.number ?? this.#place;
    return texts.join('');
  }

  /** @returns `false` where nothing has happened for so long that the client is told so. */
  #isWoken(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), signOfLifeMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}

function written(event: string, number: number | undefined, data: object): string {
  const id = number === undefined ? '' : `id: ${number}\n`;
  return `${id}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
