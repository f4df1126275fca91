import type { StartWishes } from '../../api/start-wishes.ts';
import type { CallOptions } from '../../contract/typing-provider.ts';
import type { Deadline } from '../../time/deadline.ts';
import { LazyAbort } from '../../time/lazy-abort.ts';

/** Those who wait for an exchange. */
interface Audience<Outcome> {
  readonly outcome: Promise<Outcome>;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
  /** How many of them are callers, who may leave; sessions do not count. */
  callers: number;
}

/**
 * One exchange with a vendor that is in flight. It is also what the provider gets as its `call`: the signal and the
 * promise are made only where somebody asks for them, because most refreshes need neither.
 */
export class Exchange<Outcome> extends LazyAbort implements CallOptions, StartWishes {
  readonly ttlMs: number | undefined;
  readonly beganAtMs: number;
  /** Whether nothing of it is on the wire: it waits between its two attempts. */
  isPausing: boolean = false;
  readonly #wishes: StartWishes | undefined;
  #isSettled = false;
  #audience: Audience<Outcome> | undefined = undefined;

  /** @param ttlMs what of the wished lifetime the vendor allows. */
  constructor(beganAtMs: number, wishes?: StartWishes, ttlMs?: number) {
    super();
    this.beganAtMs = beganAtMs;
    this.#wishes = wishes;
    this.ttlMs = ttlMs;
  }

  get status(): string | undefined {
    return this.#wishes?.status;
  }

  get action(): string | undefined {
    return this.#wishes?.action;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** Whether callers wait for it, beside the sessions. */
  get hasCallers(): boolean {
    return this.#audience !== undefined && this.#audience.callers > 0;
  }

  /** Waits for the outcome as one of the callers. `onAbandoned` runs where the last of them left before there was one. */
  async join(deadline: Deadline, onAbandoned: (reason: unknown) => void): Promise<Outcome> {
    const audience = this.#gather();
    audience.callers += 1;
    try {
      return await deadline.hold(audience.outcome);
    } finally {
      audience.callers -= 1;
      if (audience.callers === 0 && !this.#isSettled) onAbandoned(deadline.reason);
    }
  }

  /** Settles when this is over, however it ends. */
  async settled(): Promise<void> {
    if (!this.#isSettled) await this.#gather().outcome.catch(() => {});
  }

  succeed(outcome: Outcome): void {
    this.#isSettled = true;
    this.#audience?.resolve(outcome);
  }

  fail(error: unknown): void {
    this.#isSettled = true;
    this.#audience?.reject(error);
  }

  #gather(): Audience<Outcome> {
    this.#audience ??= gather<Outcome>();
    return this.#audience;
  }
}

function gather<Outcome>(): Audience<Outcome> {
  let resolve!: (outcome: Outcome) => void;
  let reject!: (reason: unknown) => void;
  const outcome = new Promise<Outcome>((onSuccess, onFailure) => {
    resolve = onSuccess;
    reject = onFailure;
  });
  return { outcome, resolve, reject, callers: 0 };
}
