/**
 * Something that can be given up, once: an `AbortController` without the cost of one, unless somebody asks for the
 * signal.
 */
export class LazyAbort {
  #aborted: { readonly reason: unknown } | undefined = undefined;
  #controller: AbortController | undefined = undefined;

  get isAborted(): boolean {
    return this.#aborted !== undefined;
  }

  /** What it ended for, once it is over. */
  get reason(): unknown {
    return this.#aborted?.reason;
  }

  /** The same as a signal. Made when it is first asked for. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      // Somebody who first looks when it is over still has to see that.
      if (this.#aborted) this.#controller.abort(this.#aborted.reason);
    }
    return this.#controller.signal;
  }

  throwIfAborted(): void {
    if (this.#aborted) throw this.#aborted.reason;
  }

  /** Ends it now. A second time means nothing. */
  abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = { reason };
    this.#controller?.abort(reason);
  }
}
