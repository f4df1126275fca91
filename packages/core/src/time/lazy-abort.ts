/**
 * Something that can be given up, once: an `AbortController` without the cost of one, unless somebody asks for the
 * signal.
 */
export class LazyAbort {
  #ending: { readonly reason: unknown } | undefined = undefined;
  #controller: AbortController | undefined = undefined;

  get isOver(): boolean {
    return this.#ending !== undefined;
  }

  /** What it ended for, once it is over. */
  get reason(): unknown {
    return this.#ending?.reason;
  }

  /** The same as a signal. Made when it is first asked for. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      // Somebody who first looks when it is over still has to see that.
      if (this.#ending) this.#controller.abort(this.#ending.reason);
    }
    return this.#controller.signal;
  }

  throwIfOver(): void {
    if (this.#ending) throw this.#ending.reason;
  }

  /** Ends it now. A second time means nothing. */
  abort(reason: unknown): void {
    if (this.#ending) return;
    this.#ending = { reason };
    this.#controller?.abort(reason);
  }
}
