import type { TypingError } from '../contract/typing-error.ts';
import type { StartReceipt } from '../contract/typing-receipt.ts';
import type { Deadline } from '../time/deadline.ts';
import type { Conversation } from './conversation.ts';
import { Exchange, type StartWishes } from './exchange.ts';
import { type SecondAttemptGate, withSecondAttempt } from './second-attempt.ts';
import type { WireListener } from './wire-listener.ts';

/** How long a stop may take, a second attempt included, in milliseconds. */
const stopTimeoutMs = 10_000;

/**
 * The exchanges of one conversation with the vendor, in order: one start in flight at the most, and a stop goes out
 * behind the start that is in flight, even if that never settles.
 */
export class Wire {
  /** How often it was stopped: what waits for a stop is overtaken by another one. */
  stops = 0;
  readonly #conversation: Conversation;
  readonly #listener: WireListener;
  #start: Exchange<StartReceipt> | undefined = undefined;
  #stop: Exchange<void> | undefined = undefined;

  constructor(conversation: Conversation, listener: WireListener) {
    this.#conversation = conversation;
    this.#listener = listener;
  }

  /** The start in flight. */
  get start(): Exchange<StartReceipt> | undefined {
    return this.#start;
  }

  /** Whether a start is on the wire now; one that waits for its second attempt is not. */
  get isOnWire(): boolean {
    return this.#start?.isPausing === false;
  }

  /** The stop in flight, or waiting for the start in flight. */
  get stop(): Exchange<void> | undefined {
    return this.#stop;
  }

  get isIdle(): boolean {
    return this.#start === undefined && this.#stop === undefined;
  }

  /** Sends one start. The wire must be idle. */
  sendStart(
    target: unknown,
    wishes: StartWishes | undefined,
    ttlMs: number | undefined,
    nowMs: number,
  ): Exchange<StartReceipt> {
    const exchange = this.#beginStart(wishes, ttlMs, nowMs);
    this.#settleStart(exchange, this.#callStart(target, exchange));
    return exchange;
  }

  /** Sends one start, and a second one where that may help. The wire must be idle. */
  sendStartTwice(
    target: unknown,
    wishes: StartWishes,
    deadline: Deadline,
    gate: SecondAttemptGate,
  ): Exchange<StartReceipt> {
    const exchange = this.#beginStart(wishes, wishes.ttlMs, this.#conversation.nowMs);
    const attempts = withSecondAttempt(
      () => this.#callStart(target, exchange),
      this.#conversation.context,
      exchange.signal,
      deadline.remainingMs,
      gate,
    );
    this.#settleStart(exchange, attempts);
    return exchange;
  }

  /** Why a start was given up for a stop. */
  overtaken(): TypingError {
    return this.#conversation.error('start', 'stopped', 'a stop came before the answer');
  }

  /** Gives up the start in flight. */
  abandonStart(reason: unknown): void {
    const exchange = this.#start;
    if (!exchange) return;
    this.#start = undefined;
    exchange.fail(reason);
    exchange.abort(reason);
    this.#listener.onStartAbandoned(exchange);
  }

  /** Ends the start in flight as failed: the vendor took too long. */
  expireStart(): void {
    const exchange = this.#start;
    if (!exchange) return;
    const error = this.#conversation.error('start', 'timeout', 'no answer in time');
    // First, because the end of this one may begin the next one.
    exchange.abort(error);
    this.#endStart(exchange, error);
  }

  /**
   * Sends one stop, and a second one where that may help, behind the start in flight; or joins the stop that is on its
   * way. Whoever asked for it may leave: a stop that is wanted goes out all the same.
   *
   * @param settleMs how long to wait for the start in flight before it is abandoned.
   */
  sendStop(target: unknown, settleMs: number): Exchange<void> {
    this.stops += 1;
    if (this.#stop) {
      // Whoever is the least patient decides how long the start in flight may still take.
      void this.#settleOrAbandonStart(settleMs);
      return this.#stop;
    }
    const exchange = new Exchange<void>(this.#conversation.nowMs);
    this.#stop = exchange;
    void this.#settleStop(exchange, target, settleMs);
    return exchange;
  }

  /** Gives up the stop on its way. Nobody hears of it but who waits for it. */
  abandonStop(reason: unknown): void {
    const exchange = this.#stop;
    if (!exchange) return;
    this.#stop = undefined;
    exchange.fail(reason);
    exchange.abort(reason);
  }

  #beginStart(
    wishes: StartWishes | undefined,
    ttlMs: number | undefined,
    nowMs: number,
  ): Exchange<StartReceipt> {
    const exchange = new Exchange<StartReceipt>(nowMs, wishes, ttlMs);
    this.#start = exchange;
    return exchange;
  }

  #callStart(target: unknown, exchange: Exchange<StartReceipt>): Promise<StartReceipt> {
    try {
      return Promise.resolve(this.#conversation.context.provider.start(target, exchange));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #settleStart(exchange: Exchange<StartReceipt>, answer: Promise<StartReceipt>): void {
    answer.then(
      (receipt) => this.#endStart(exchange, undefined, receipt),
      (error: unknown) => this.#endStart(exchange, this.#conversation.typed(error, 'start')),
    );
  }

  #endStart(
    exchange: Exchange<StartReceipt>,
    error: TypingError | undefined,
    receipt: StartReceipt = {},
  ): void {
    if (this.#start !== exchange) {
      // What was abandoned may still answer.
      if (error) this.#conversation.heed(error);
      return;
    }
    this.#start = undefined;
    if (error) {
      exchange.fail(error);
      this.#listener.onStartFailed(exchange, error);
    } else {
      exchange.succeed(receipt);
      this.#listener.onStarted(exchange, receipt);
    }
  }

  async #settleStop(exchange: Exchange<void>, target: unknown, settleMs: number): Promise<void> {
    const { clock, provider } = this.#conversation.context;
    await this.#settleOrAbandonStart(settleMs);
    if (exchange.isSettled) return;
    const endsAtMs = clock.now() + stopTimeoutMs;
    const timer = clock.setTimer(() => {
      const error = this.#conversation.error('stop', 'timeout', 'no answer in time');
      exchange.abort(error);
      this.#endStop(exchange, error);
    }, stopTimeoutMs);
    timer.unref?.();
    void exchange.settled().then(() => timer.cancel());
    try {
      const attempt = async (): Promise<void> => provider.stop?.(target, exchange);
      const remainingMs = (): number => endsAtMs - clock.now();
      await withSecondAttempt(attempt, this.#conversation.context, exchange.signal, remainingMs);
      this.#endStop(exchange, undefined);
    } catch (error) {
      this.#endStop(exchange, this.#conversation.typed(error, 'stop'));
    }
  }

  async #settleOrAbandonStart(settleMs: number): Promise<void> {
    const start = this.#start;
    if (!start) return;
    if (settleMs === 0) {
      this.abandonStart(this.overtaken());
      return;
    }
    const timer = this.#conversation.context.clock.setTimer(() => {
      if (this.#start === start) this.abandonStart(this.overtaken());
    }, settleMs);
    await start.settled();
    timer.cancel();
  }

  #endStop(exchange: Exchange<void>, error: TypingError | undefined): void {
    if (this.#stop !== exchange) return;
    this.#stop = undefined;
    if (error) exchange.fail(error);
    else exchange.succeed(undefined);
    this.#listener.onStopped(exchange, error);
  }
}
