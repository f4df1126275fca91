/** How often this process looks whether it is waiting still, in milliseconds. */
const lookEveryMs = 100;

/** A question that Redis has not answered. */
export interface Question {
  readonly askedAtMs: number;
}

/**
 * How long Redis takes for its answers. Only time counts in which this process could have heard one: when it was frozen,
 * or busy with something else, the answer may have been there all along.
 */
export class Patience {
  readonly #patienceMs: number;
  /** The oldest first. */
  readonly #open = new Set<Question>();
  #attendedMs = 0;
  #looking: NodeJS.Timeout | undefined;

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** Whether something has been waiting for too long. */
  get isOver(): boolean {
    const [oldest] = this.#open;
    return oldest !== undefined && this.isLate(oldest);
  }

  isLate({ askedAtMs }: Question): boolean {
    return this.#attendedMs - askedAtMs >= this.#patienceMs;
  }

  ask(): Question {
    const question = { askedAtMs: this.#attendedMs };
    this.#open.add(question);
    this.#looking ??= setInterval(() => this.#look(), lookEveryMs).unref();
    return question;
  }

  answered(question: Question): void {
    this.#open.delete(question);
  }

  close(): void {
    clearInterval(this.#looking);
    this.#looking = undefined;
  }

  #look(): void {
    if (this.#open.size > 0) this.#attendedMs += lookEveryMs;
    else this.close();
  }
}
