import type { Exchange } from './exchange.ts';

/** The place of an exchange that is not in flight. */
export const nowhere = -1;

/**
 * Exchanges in flight, each at a place of its own. Whoever waits for one keeps its place, not the exchange: an object
 * that lives for minutes and refers to one that lives for a moment costs the garbage collector of V8 more than the whole
 * exchange, and a number costs it nothing.
 *
 * @see https://v8.dev/blog/trash-talk on write barriers
 */
export class ExchangesInFlight<Outcome> {
  readonly #exchanges: (Exchange<Outcome> | undefined)[] = [];
  readonly #freePlaces: number[] = [];

  /** @returns its place. */
  add(exchange: Exchange<Outcome>): number {
    const place = this.#freePlaces.pop() ?? this.#exchanges.length;
    this.#exchanges[place] = exchange;
    return place;
  }

  at(place: number): Exchange<Outcome> | undefined {
    return this.#exchanges[place];
  }

  remove(place: number): void {
    this.#exchanges[place] = undefined;
    this.#freePlaces.push(place);
  }
}
