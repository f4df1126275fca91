import type { TypingFallback } from '../../api/fallback.ts';
import type { StartWishes } from '../../api/start-wishes.ts';
import { TypingError } from '../../contract/typing-error.ts';
import { openDeadline } from '../../time/deadline.ts';
import type { Indicator } from '../indicator/indicator.ts';

/** How long one step of a fallback may take, in milliseconds. After that the next one is called. */
const stepTimeoutMs = 10_000;

interface Step {
  readonly name: 'show' | 'update' | 'clear';
  readonly wishes: StartWishes;
}

/**
 * What a session shows instead of an indicator: the caller's own functions, called one after another. However they fail
 * or hang, the session is none the worse for it.
 */
export class Fallback {
  readonly #given: TypingFallback;
  readonly #indicator: Indicator;
  #waiting: Step[] = [];
  #running: Promise<void> | undefined = undefined;
  #hasBegun = false;
  #isOver = false;

  constructor(given: TypingFallback, indicator: Indicator, wishes: StartWishes) {
    this.#given = given;
    this.#indicator = indicator;
    this.#add({ name: 'show', wishes });
  }

  /** Only the newest update counts among those that wait. */
  update(wishes: StartWishes): void {
    if (this.#isOver) return;
    this.#waiting = this.#waiting.filter(({ name }) => name !== 'update');
    this.#add({ name: 'update', wishes });
  }

  clear(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#waiting = [];
    // What was never shown needs no clearing. A `show` that failed may have shown something.
    if (this.#hasBegun) this.#add({ name: 'clear', wishes: {} });
    const { context } = this.#indicator;
    const running = this.#running;
    if (running) context.waitUntil(() => running);
  }

  /** Settles when nothing is being called, after `ms` milliseconds at most. Never rejects. */
  async settled(ms: number): Promise<void> {
    const running = this.#running;
    if (!running || ms === 0) return;
    const deadline = openDeadline(this.#indicator.context.clock, ms, () => undefined);
    await deadline.hold(running).catch(() => {});
    deadline.close();
  }

  #add(step: Step): void {
    this.#waiting.push(step);
    if (this.#running) return;
    const { background } = this.#indicator.context.engine;
    const running = this.#work().then(() => {
      background.delete(running);
      this.#running = undefined;
    });
    background.add(running);
    this.#running = running;
  }

  async #work(): Promise<void> {
    // The caller's code never runs inside of the call that leads here.
    await Promise.resolve();
    for (let step = this.#waiting.shift(); step; step = this.#waiting.shift()) {
      await this.#perform(step);
    }
  }

  async #perform({ name, wishes }: Step): Promise<void> {
    const given = this.#given;
    const { context, key } = this.#indicator;
    this.#hasBegun = true;
    const late = new TypingError({
      code: 'timeout',
      reason: `${name} of the fallback took too long`,
    });
    const deadline = openDeadline(context.clock, stepTimeoutMs, () => late);
    const call = async (): Promise<unknown> => given[name]?.(wishes, { signal: deadline.signal });
    try {
      await deadline.hold(call());
    } catch (error) {
      const why = error === late ? 'timeout' : 'threw';
      const isFirst = context.engine.isNews(`${context.channel} fallback ${name} ${why}`);
      context.emit({ type: 'fallback-failed', step: name, why, isFirst }, key);
    } finally {
      deadline.close();
    }
  }
}
