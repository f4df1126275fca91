/** How many milliseconds of changes go out together. */
const togetherMs = 30;

/** Tells many listeners that something has changed, a few times a second at the most. */
export class ChangeFeed {
  readonly #listeners = new Set<() => void>();
  #isDue = false;

  /** Something has changed. */
  tell(): void {
    if (this.#listeners.size === 0 || this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      for (const listener of this.#listeners) listener();
    }, togetherMs);
  }

  /** @returns what ends it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
