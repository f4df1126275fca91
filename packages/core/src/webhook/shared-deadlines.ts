import { systemClock } from '../time/clock.ts';

/** Something that is under way. */
export interface Pending {
  /** When it is late, by the clock of the machine. */
  readonly dueMs: number;
  /** Called once, where it is late. */
  onLate(): void;
}

/**
 * Deadlines of many things that may take equally long, with one timer for all of them. A timer of its own for each would
 * be a third of what a webhook costs on Node.
 */
export class SharedDeadlines {
  // In the order in which they are due.
  readonly #pending = new Set<Pending>();
  #isTimed = false;

  add(pending: Pending): void {
    this.#pending.add(pending);
    if (!this.#isTimed) this.#wakeAt(pending.dueMs);
  }

  delete(pending: Pending): void {
    this.#pending.delete(pending);
  }

  #wakeAt(dueMs: number): void {
    this.#isTimed = true;
    const afterMs = Math.max(0, dueMs - systemClock.now());
    // What is under way keeps the process alive by itself.
    systemClock.setTimer(() => this.#wake(), afterMs).unref?.();
  }

  #wake(): void {
    this.#isTimed = false;
    // A timer may be a little early.
    const nowMs = systemClock.now() + 1;
    for (const pending of this.#pending) {
      if (pending.dueMs > nowMs) {
        this.#wakeAt(pending.dueMs);
        return;
      }
      this.#pending.delete(pending);
      pending.onLate();
    }
  }
}
