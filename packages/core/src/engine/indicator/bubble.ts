import { longAgoMs } from '../../time/long-ago.ts';
import { Conversation } from '../channel/conversation.ts';

/**
 * What we know of the bubble on the recipient's screen, which is what the vendor accepted and when. The answer to a
 * start means nothing any more once a message or a stop has come in between.
 */
export abstract class Bubble extends Conversation {
  #isCurrent = true;
  #acceptedAtMs = longAgoMs;
  #visibleUntilMs = longAgoMs;
  /** Until when something may be on the screen: also after a start whose answer never came. */
  #upUntilMs = longAgoMs;
  #upBeforeStartMs = longAgoMs;

  get bubble(): Bubble {
    return this;
  }

  /** A start goes out that lasts `lifetimeMs`. */
  started(nowMs: number, lifetimeMs: number): void {
    this.#isCurrent = true;
    this.#upBeforeStartMs = this.#upUntilMs;
    this.#upUntilMs = Math.max(this.#upUntilMs, nowMs + lifetimeMs);
  }

  /** Whether neither a message nor a stop came since the last start went out. */
  get isCurrent(): boolean {
    return this.#isCurrent;
  }

  /** The vendor took the start. @returns whether that still means anything. */
  accepted(nowMs: number, lifetimeMs: number): boolean {
    if (!this.#isCurrent) {
      // A message or a stop came in between, and this may have come after it.
      this.unanswered(nowMs, lifetimeMs);
      return false;
    }
    this.#acceptedAtMs = nowMs;
    this.#visibleUntilMs = nowMs + lifetimeMs;
    this.#upUntilMs = this.#visibleUntilMs;
    return true;
  }

  /** The vendor said no to the start, so it shows nothing that was not up before. */
  refused(): void {
    this.#upUntilMs = Math.min(this.#upUntilMs, this.#upBeforeStartMs);
  }

  /** The start was given up without an answer: the vendor may have shown it as late as now. */
  unanswered(nowMs: number, lifetimeMs: number): void {
    this.#upUntilMs = Math.max(this.#upUntilMs, nowMs + lifetimeMs);
  }

  /** It is not to be relied on any more, though it may still be up. */
  doubt(): void {
    this.#isCurrent = false;
    this.#acceptedAtMs = longAgoMs;
    this.#visibleUntilMs = longAgoMs;
  }

  /** It is down. */
  gone(): void {
    this.doubt();
    this.#upUntilMs = longAgoMs;
  }

  /** Whether a start was accepted less than `intervalMs` ago. */
  isYoungerThan(intervalMs: number, nowMs: number): boolean {
    return nowMs - this.#acceptedAtMs < intervalMs;
  }

  isVisible(nowMs: number): boolean {
    return this.#visibleUntilMs > nowMs;
  }

  mayBeUp(nowMs: number): boolean {
    return this.#upUntilMs > nowMs;
  }

  /** How long the last accepted start lasts from its answer on, in milliseconds. */
  get visibleForMs(): number {
    return this.#visibleUntilMs - this.#acceptedAtMs;
  }

  /** Until when the last accepted start lasts; in the past where there is none. */
  get visibleUntilMs(): number {
    return this.#visibleUntilMs;
  }

  /** Until when something may be on the screen; in the past where nothing can be. */
  get upUntilMs(): number {
    return this.#upUntilMs;
  }

  /** Until when this has to be kept in mind: it may be up, or was started less than `minIntervalMs` ago. */
  neededUntilMs(minIntervalMs: number): number {
    return Math.max(this.#upUntilMs, this.#acceptedAtMs + minIntervalMs);
  }
}
