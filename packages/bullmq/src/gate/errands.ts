/** What is on its way to Redis, and worth waiting for when all is closed. */
export class Errands {
  readonly #pending = new Set<Promise<unknown>>();

  track<Value>(promise: Promise<Value>): Promise<Value> {
    this.#pending.add(promise);
    void promise.catch(() => {}).finally(() => this.#pending.delete(promise));
    return promise;
  }

  /** What cannot be told now is told again, or found out by whoever looks next. */
  async quietly(promise: Promise<unknown>): Promise<void> {
    try {
      await this.track(promise);
    } catch {
      // The link has said that Redis is away.
    }
  }

  /** Settles when Redis has heard everything. */
  async drained(): Promise<void> {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending);
  }
}
