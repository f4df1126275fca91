/** How long Redis has to answer in time, without a failure between, before it counts as back, in milliseconds. */
export const steadyMs = 5_000;

/**
 * Whether Redis is there, as users are told: away with the first failure, back only after it has answered in time for
 * some seconds. A Redis that flaps is one warning.
 */
export class Presence {
  readonly #onChange: (isUp: boolean, why: string) => void;
  readonly #nowMs: () => number;
  #isTold = true;
  /** Since when it has answered in time; `undefined`: the last thing that it did was to fail. */
  #steadySinceMs: number | undefined;

  constructor(onChange: (isUp: boolean, why: string) => void, nowMs: () => number) {
    this.#onChange = onChange;
    this.#nowMs = nowMs;
  }

  answered(): void {
    if (this.#isTold) return;
    const nowMs = this.#nowMs();
    this.#steadySinceMs ??= nowMs;
    if (nowMs - this.#steadySinceMs < steadyMs) return;
    this.#isTold = true;
    this.#onChange(true, '');
  }

  failed(why: string): void {
    this.#steadySinceMs = undefined;
    if (!this.#isTold) return;
    this.#isTold = false;
    this.#onChange(false, why);
  }
}
