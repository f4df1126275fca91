import type { StartWishes } from '../../api/start-wishes.ts';
import type { StartOptions } from '../../contract/typing-provider.ts';
import type { Deadline } from '../../time/deadline.ts';
import { longAgoMs } from '../../time/long-ago.ts';
import type { Answer } from '../indicator/next-step.ts';

/** How a stop ended that did not fail. `cleared`: the vendor took it. `withheld`: the gate did not let it out. */
export type StopOutcome = 'cleared' | 'withheld';

/** Those who wait for an exchange. */
interface Audience<Outcome> {
  readonly outcome: Promise<Outcome>;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
  /** How many of them are callers, who may leave; sessions do not count. */
  callers: number;
}

/**
 * One exchange with a vendor, from when it is decided on until it is answered or given up. The promise is made only
 * where somebody waits for it: for most refreshes nobody does.
 */
export class Exchange<Outcome> {
  /** What the provider gets with it: a plain object, which may be spread. */
  readonly call: StartOptions & { readonly signal: AbortSignal };
  /** When it was decided on, or went out at last. */
  beganAtMs: number;
  /** Whether a request may be on its way. It is not while it waits for its turn, or between its two attempts. */
  isOnWire: boolean;
  /** Start: whether neither a message nor a stop came since it went out. */
  isCurrent: boolean = true;
  /** Start: until when something may have been on the screen before it. */
  upBeforeMs: number = longAgoMs;
  /** Start: how long after it was due it went out, in milliseconds. */
  lateByMs: number = 0;
  /** Start: what the gate wants to get back with the report. */
  admission: unknown = undefined;
  /** Start: whether the gate has admitted it and not been told what became of it. */
  isAdmitted: boolean = false;
  /** Start: whether the gate said that it shows already, so that none was needed. */
  isShown: boolean = false;
  /** Start: what follows from the answer of the gate, while that is awaited. */
  onAnswer: ((answer: Answer) => void) | undefined = undefined;
  /** Stop: whether somebody waits for it who wants to start. */
  isInTheWay: boolean = false;
  isSettled: boolean = false;
  readonly #controller = new AbortController();
  #audience: Audience<Outcome> | undefined = undefined;

  /** @param ttlMs what of the wished lifetime the vendor allows. */
  constructor(beganAtMs: number, isOnWire: boolean, wishes?: StartWishes, ttlMs?: number) {
    this.beganAtMs = beganAtMs;
    this.isOnWire = isOnWire;
    this.call = {
      signal: this.#controller.signal,
      ttlMs,
      status: wishes?.status,
      action: wishes?.action,
    };
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
      if (audience.callers === 0 && !this.isSettled) onAbandoned(deadline.reason);
    }
  }

  /** Settles when this is over, however it ends. */
  async settled(): Promise<void> {
    if (!this.isSettled) await this.#gather().outcome.catch(() => {});
  }

  succeed(outcome: Outcome): void {
    this.isSettled = true;
    this.#audience?.resolve(outcome);
  }

  fail(error: unknown): void {
    this.isSettled = true;
    this.#audience?.reject(error);
  }

  /** Tells the provider that nobody waits for it any more. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
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
