import { ignored } from '../ignored.ts';
import type { Indicator } from '../indicator/indicator.ts';
import { noteLost } from '../indicator/run.ts';
import type { ChannelContext } from './channel-context.ts';

/** How far apart those are raised again that were lost at the same time, in milliseconds. */
const apartMs = 5;
/** And over how much time all of them, in milliseconds. */
const longestSpreadMs = 5_000;

/**
 * Hears from a provider that holds a connection what is no longer up. A connection takes all its indicators along: what is
 * lost at the same time is raised again one after the other.
 */
export class Losses {
  readonly #context: ChannelContext;
  readonly #indicatorOf: (target: unknown) => Indicator | undefined;
  #takeBack: (() => void) | undefined = undefined;
  #nextAtMs = 0;

  /** @param indicatorOf finds what is known of a target. May throw. */
  constructor(context: ChannelContext, indicatorOf: (target: unknown) => Indicator | undefined) {
    this.#context = context;
    this.#indicatorOf = indicatorOf;
    try {
      const takeBack: unknown = context.provider.onLost?.((target) => this.#lose(target));
      if (typeof takeBack === 'function') this.#takeBack = () => ignored(takeBack());
      else ignored(takeBack);
    } catch {
      // It tells nothing, then.
    }
  }

  close(): void {
    try {
      this.#takeBack?.();
    } catch {
      // It is let go of all the same.
    }
  }

  #lose(target: unknown): void {
    const indicator = this.#find(target);
    if (!indicator) return;
    const nowMs = this.#context.nowMs();
    // More than fit into that time come between those that are planned, not all at its end.
    const isInTime = this.#nextAtMs >= nowMs && this.#nextAtMs <= nowMs + longestSpreadMs;
    const atMs = isInTime ? this.#nextAtMs : nowMs;
    this.#nextAtMs = atMs + apartMs;
    noteLost(indicator, atMs - nowMs);
  }

  #find(target: unknown): Indicator | undefined {
    try {
      return this.#indicatorOf(target);
    } catch {
      return undefined;
    }
  }
}
