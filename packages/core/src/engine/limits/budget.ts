import type { TypingBudget } from '../../contract/typing-capabilities.ts';

/**
 * What one credential may still spend on typing: never more than `requests` in any span of `perMs`. A quarter of it is
 * kept for first starts, which matter more than refreshes.
 */
export class Budget {
  readonly #perMs: number;
  readonly #reserve: number;
  /** When the last requests went out: a ring, the oldest at `#oldest`. */
  readonly #spentAtMs: Float64Array;
  #oldest = 0;
  /** The vendor's own word that this is spent. */
  #heldUntilMs = -Infinity;
  #conversations = 0;

  /** @param limit default: no limit but the vendor's own word. */
  constructor(limit: TypingBudget | undefined) {
    this.#perMs = limit?.perMs ?? 0;
    this.#spentAtMs = new Float64Array(limit?.requests ?? 0).fill(-Infinity);
    this.#reserve = Math.floor(this.#spentAtMs.length / 4);
  }

  /** Counts the conversations that refresh on this budget. */
  join(): void {
    this.#conversations += 1;
  }

  leave(): void {
    this.#conversations -= 1;
  }

  /** When the next request may go out at the earliest; in the past where that is now. */
  freeAtMs(use: 'start' | 'refresh'): number {
    const { length } = this.#spentAtMs;
    if (length === 0) return this.#heldUntilMs;
    const spare = use === 'refresh' ? this.#reserve : 0;
    // With `spare` places kept free, what counts is the request that many places after the oldest.
    const blocking = this.#spentAtMs[(this.#oldest + spare) % length] ?? -Infinity;
    return Math.max(this.#heldUntilMs, blocking + this.#perMs);
  }

  spend(nowMs: number): void {
    if (this.#spentAtMs.length === 0) return;
    this.#spentAtMs[this.#oldest] = nowMs;
    this.#oldest = (this.#oldest + 1) % this.#spentAtMs.length;
  }

  /** Until when the vendor wants no requests; in the past where it has not said so. */
  get heldUntilMs(): number {
    return this.#heldUntilMs;
  }

  /** The vendor said that it is spent. */
  holdUntil(ms: number): void {
    this.#heldUntilMs = Math.max(this.#heldUntilMs, ms);
  }

  /** How often one conversation may refresh where all of them take turns, in milliseconds. */
  fairIntervalMs(): number {
    const forRefreshes = this.#spentAtMs.length - this.#reserve;
    return forRefreshes > 0 ? (this.#conversations * this.#perMs) / forRefreshes : 0;
  }
}
