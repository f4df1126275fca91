import type { TypingError } from '../../contract/typing-error.ts';
import type { StartReceipt } from '../../contract/typing-receipt.ts';
import type { Deadline } from '../../time/deadline.ts';
import type { StartWishes } from '../../api/start-wishes.ts';
import { Exchange } from '../exchange/exchange.ts';
import { nowhere } from '../exchange/in-flight-table.ts';
import { Pace } from './pace.ts';
import { type SecondAttemptGate, withSecondAttempt } from '../exchange/second-attempt.ts';

/** The start of one conversation that is on its way to the vendor: one at the most. It is the layer under the wire. */
export abstract class StartInFlight extends Pace {
  /** Where it stands among those of the channel. */
  #place = nowhere;

  abstract onStarted(exchange: Exchange<StartReceipt>, receipt: StartReceipt): void;
  abstract onStartFailed(exchange: Exchange<StartReceipt>, error: TypingError): void;
  /** It was given up. */
  abstract onStartAbandoned(exchange: Exchange<StartReceipt>): void;

  get isStarting(): boolean {
    return this.#place !== nowhere;
  }

  /** The start in flight. */
  get start(): Exchange<StartReceipt> | undefined {
    return this.isStarting ? this.context.starts.at(this.#place) : undefined;
  }

  /** Whether a start is on the wire now; one that waits for its second attempt is not. */
  get isOnWire(): boolean {
    return this.start?.isPausing === false;
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
    const exchange = this.#beginStart(wishes, wishes.ttlMs, this.nowMs);
    const attempts = withSecondAttempt(
      () => this.#callStart(target, exchange),
      this.context,
      exchange.signal,
      deadline.remainingMs,
      gate,
    );
    this.#settleStart(exchange, attempts);
    return exchange;
  }

  /** Why a start was given up for a stop. */
  overtaken(): TypingError {
    return this.error('start', 'stopped', 'a stop came before the answer');
  }

  /** Gives up the start in flight. */
  abandonStart(reason: unknown): void {
    const exchange = this.start;
    if (!exchange) return;
    this.#forgetStart();
    exchange.fail(reason);
    exchange.abort(reason);
    this.onStartAbandoned(exchange);
  }

  /** Ends the start in flight as failed: the vendor took too long. */
  expireStart(): void {
    const exchange = this.start;
    if (!exchange) return;
    const error = this.error('start', 'timeout', 'no answer in time');
    // First, because the end of this one may begin the next one.
    exchange.abort(error);
    this.#endStart(exchange, error);
  }

  /** Waits for the start in flight, and abandons it after `settleMs`. */
  async settleOrAbandonStart(settleMs: number): Promise<void> {
    const { start } = this;
    if (!start) return;
    if (settleMs === 0) {
      this.abandonStart(this.overtaken());
      return;
    }
    const timer = this.context.clock.setTimer(() => {
      if (this.start === start) this.abandonStart(this.overtaken());
    }, settleMs);
    await start.settled();
    timer.cancel();
  }

  #beginStart(
    wishes: StartWishes | undefined,
    ttlMs: number | undefined,
    nowMs: number,
  ): Exchange<StartReceipt> {
    const exchange = new Exchange<StartReceipt>(nowMs, wishes, ttlMs);
    this.#place = this.context.starts.add(exchange);
    return exchange;
  }

  #forgetStart(): void {
    this.context.starts.remove(this.#place);
    this.#place = nowhere;
  }

  #callStart(target: unknown, exchange: Exchange<StartReceipt>): Promise<StartReceipt> {
    try {
      return Promise.resolve(this.context.provider.start(target, exchange));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #settleStart(exchange: Exchange<StartReceipt>, answer: Promise<StartReceipt>): void {
    answer.then(
      (receipt) => this.#endStart(exchange, undefined, receipt),
      (error: unknown) => this.#endStart(exchange, this.typed(error, 'start')),
    );
  }

  #endStart(
    exchange: Exchange<StartReceipt>,
    error: TypingError | undefined,
    receipt: StartReceipt = {},
  ): void {
    if (this.start !== exchange) {
      // What was abandoned may still answer.
      if (error) this.heed(error);
      return;
    }
    this.#forgetStart();
    if (error) {
      exchange.fail(error);
      this.onStartFailed(exchange, error);
    } else {
      exchange.succeed(receipt);
      this.onStarted(exchange, receipt);
    }
  }
}
