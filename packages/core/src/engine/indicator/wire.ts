import type { TypingError } from '../../contract/typing-error.ts';
import { Exchange } from '../exchange/exchange.ts';
import { withSecondAttempt } from '../exchange/second-attempt.ts';
import { StartInFlight } from './start-in-flight.ts';

/** How long a stop may take, a second attempt included, in milliseconds. */
const stopTimeoutMs = 10_000;

/**
 * The exchanges of one conversation with the vendor, in order: one start in flight at the most, and a stop goes out
 * behind the start that is in flight, even if that never settles.
 */
export abstract class Wire extends StartInFlight {
  /** How often it was stopped: what waits for a stop is overtaken by another one. */
  stops = 0;
  #stop: Exchange<void> | undefined = undefined;

  abstract onStopped(exchange: Exchange<void>, error: TypingError | undefined): void;

  get wire(): Wire {
    return this;
  }

  /** The stop in flight, or waiting for the start in flight. */
  get stop(): Exchange<void> | undefined {
    return this.#stop;
  }

  get isIdle(): boolean {
    return !this.isStarting && this.#stop === undefined;
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
      void this.settleOrAbandonStart(settleMs);
      return this.#stop;
    }
    const exchange = new Exchange<void>(this.nowMs);
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

  async #settleStop(exchange: Exchange<void>, target: unknown, settleMs: number): Promise<void> {
    const { clock, provider } = this.context;
    await this.settleOrAbandonStart(settleMs);
    if (exchange.isSettled) return;
    const endsAtMs = clock.now() + stopTimeoutMs;
    const timer = clock.setTimer(() => {
      const error = this.error('stop', 'timeout', 'no answer in time');
      exchange.abort(error);
      this.#endStop(exchange, error);
    }, stopTimeoutMs);
    timer.unref?.();
    void exchange.settled().then(() => timer.cancel());
    try {
      const attempt = async (): Promise<void> => provider.stop?.(target, exchange);
      const remainingMs = (): number => endsAtMs - clock.now();
      await withSecondAttempt(attempt, this.context, exchange.signal, remainingMs);
      this.#endStop(exchange, undefined);
    } catch (error) {
      this.#endStop(exchange, this.typed(error, 'stop'));
    }
  }

  #endStop(exchange: Exchange<void>, error: TypingError | undefined): void {
    if (this.#stop !== exchange) return;
    this.#stop = undefined;
    if (error) exchange.fail(error);
    else exchange.succeed(undefined);
    this.onStopped(exchange, error);
  }
}
