import { systemClock, type TypingError, type TypingEvent } from '@typingkit/core';
import { inWords } from './duration.ts';

/** What is known of an indicator that is being kept alive. */
export class KeepProgress {
  readonly vendor: string;
  readonly #beganAtMs = systemClock.now();
  readonly #forMs: number | undefined;
  /** How many starts the vendor has accepted. */
  accepted = 0;
  /** What the last exchange ended with, if it failed. */
  failure: TypingError | undefined;
  #saidInMs = 0;
  #nextAtMs: number | undefined;

  /**
   * @param forMs how long it is kept; `undefined` for as long as the user likes.
   */
  constructor(vendor: string, forMs: number | undefined) {
    this.vendor = vendor;
    this.#forMs = forMs;
  }

  see(event: TypingEvent): void {
    if (event.type === 'started' || event.type === 'refreshed') {
      this.accepted += 1;
      this.failure = undefined;
      this.#saidInMs = event.durationMs;
      this.#nextAtMs = event.nextStartAtMs;
    } else if (event.type === 'failed') {
      this.failure = event.error;
      this.#nextAtMs = undefined;
    } else if (event.type === 'suspended' || event.type === 'skipped') {
      this.#nextAtMs = event.untilMs;
    }
  }

  /** When the next request goes out, in milliseconds from now, where that is known. */
  get nextInMs(): number | undefined {
    return this.#nextAtMs && Math.max(0, Math.round(this.#nextAtMs - systemClock.now()));
  }

  get ageMs(): number {
    return systemClock.now() - this.#beganAtMs;
  }

  /** What the vendor said, when the next refresh comes, and how long it goes on. */
  get line(): string {
    const left = this.#forMs && `${wholeSeconds(Math.max(0, this.#forMs - this.ageMs))} left`;
    const age = `${wholeSeconds(this.ageMs)} so far`;
    return [this.#said, this.next, left ?? age, 'Ctrl-C stops'].filter(Boolean).join(' | ');
  }

  get #said(): string {
    if (this.failure) return `${this.vendor} did not accept it (${this.failure.code})`;
    if (this.accepted === 0) return `asking ${this.vendor}`;
    return `${this.vendor} accepted start ${this.accepted} in ${Math.round(this.#saidInMs)} ms`;
  }

  /** When the next request goes out, in words; empty where that is not known. */
  get next(): string {
    const { nextInMs } = this;
    if (nextInMs === undefined) return this.#withoutNext;
    return `${this.failure ? 'next try' : 'next refresh'} in ${wholeSeconds(nextInMs)}`;
  }

  get #withoutNext(): string {
    if (this.failure) return 'trying again';
    return this.accepted > 0 ? 'no refresh is needed' : '';
  }

  /** How it went, at the end. */
  get summary(): string {
    const starts = this.accepted === 1 ? '1 start' : `${this.accepted} starts`;
    return `kept for ${inWords(this.ageMs)}, ${starts} accepted`;
  }
}

function wholeSeconds(ms: number): string {
  return inWords(Math.ceil(ms / 1_000) * 1_000);
}
