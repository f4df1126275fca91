import type { TypingBudget } from '../../contract/typing-capabilities.ts';

/**
 * What one credential may still spend on typing: never more than `requests` in any span of `perMs`. A quarter of it is
 * kept for first starts, which matter more than refreshes.
 */
export class Budget {
  /** How many conversations refresh on it. */
  conversations = 0;
  /** Until when the vendor, or the caller, wants no requests; in the past where nobody said so. */
  heldUntilMs: number = -Infinity;
  readonly #perMs: number;
  readonly #reserve: number;
  /** When the last requests went out: a ring, the oldest at `#oldest`. */
  readonly #spentAtMs: Float64Array;
  #oldest = 0;

  /** @param limit default: no limit but the vendor's own word. */
  constructor(limit: TypingBudget | undefined) {
    this.#perMs = limit?.perMs ?? 0;
    this.#spentAtMs = new Float64Array(limit?.requests ?? 0).fill(-Infinity);
    this.#reserve = Math.floor(this.#spentAtMs.length / 4);
  }

  /** Whether there is anything to spend. */
  get isLimited(): boolean {
    return this.#spentAtMs.length > 0;
  }

  /** When the next request may go out at the earliest; in the past where that is now. */
  freeAtMs(isRefresh: boolean): number {
    const { length } = this.#spentAtMs;
    if (length === 0) return this.heldUntilMs;
    const spare = isRefresh ? this.#reserve : 0;
    // With `spare` places kept free, what counts is the request that many places after the oldest.
    const blocking = this.#spentAtMs[(this.#oldest + spare) % length] ?? -Infinity;
    return Math.max(this.heldUntilMs, blocking + this.#perMs);
  }

  spend(nowMs: number): void {
    if (this.#spentAtMs.length === 0) return;
    this.#spentAtMs[this.#oldest] = nowMs;
    this.#oldest = (this.#oldest + 1) % this.#spentAtMs.length;
  }

  /** Takes back one request that was spent at a time and never went out. */
  giveBack(spentAtMs: number): void {
    const ring = this.#spentAtMs;
    const { length } = ring;
    // From the newest to the oldest; what is older moves up, and the oldest place is free.
    let isFound = false;
    for (let age = 0; age < length; age += 1) {
      const place = (this.#oldest + length - 1 - age) % length;
      if (!isFound) isFound = ring[place] === spentAtMs;
      if (isFound) {
        const isOldest = age === length - 1;
        ring[place] = isOldest ? -Infinity : (ring[(place + length - 1) % length] ?? -Infinity);
      }
    }
  }

  holdUntil(ms: number): void {
    this.heldUntilMs = Math.max(this.heldUntilMs, ms);
  }

  /** Whether nothing that was spent or said matters any more. */
  isForgettable(nowMs: number): boolean {
    const { length } = this.#spentAtMs;
    const newest = length > 0 ? this.#spentAtMs[(this.#oldest + length - 1) % length] : undefined;
    return this.heldUntilMs <= nowMs && (newest ?? -Infinity) + this.#perMs <= nowMs;
  }

  /** How often one conversation may refresh where all of them take turns, in milliseconds. */
  fairIntervalMs(): number {
    const forRefreshes = this.#spentAtMs.length - this.#reserve;
    return forRefreshes > 0 ? (this.conversations * this.#perMs) / forRefreshes : 0;
  }
}
