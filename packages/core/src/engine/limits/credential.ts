import type { TypingErrorCode } from '../../contract/typing-error.ts';
import { type TimerWheel, WheelEntry } from '../../time/timer-wheel.ts';
import type { Clock } from '../../time/clock.ts';
import type { Indicator } from '../indicator/indicator.ts';
import { consequenceOf, firstSuspensionMs, longestSuspensionMs } from './policy.ts';

/** How long the first request of a credential may keep the others waiting, in milliseconds. */
const firstAnswerMs = 1_000;

/** Over how much time at the most the waiting senders are spread when they may go on. */
const longestSpreadMs = 5_000;

/** Somebody who wants to send with a credential. */
export type Sender = Indicator;

/** What a credential tells about itself. */
export interface CredentialObserver {
  /** It is worth asking again for somebody who waits, `afterMs` milliseconds from now. */
  admits(sender: Sender, afterMs: number): void;
  suspended(retryAfterMs: number): void;
  resumed(): void;
}

/**
 * Whether a credential is good, as far as we know. Its first request goes alone, and one that was refused is tried by
 * one sender at a time, ever more seldom: a thousand sessions on a key that has expired make one request, not a
 * thousand. Vendors have closed accounts for less.
 */
export class Credential extends WheelEntry {
  readonly #clock: Clock;
  readonly #wheel: TimerWheel;
  readonly #observer: CredentialObserver;
  readonly #waiting = new Set<Sender>();
  #trust: 'untried' | 'good' | 'suspended' = 'untried';
  #probe: Sender | undefined;
  #suspensionMs = firstSuspensionMs;
  #untilMs = -Infinity;

  constructor(clock: Clock, wheel: TimerWheel, observer: CredentialObserver) {
    super();
    this.#clock = clock;
    this.#wheel = wheel;
    this.#observer = observer;
  }

  get isSuspended(): boolean {
    return this.#trust === 'suspended';
  }

  /** When the next probe may go out; in the past where nothing is suspended. */
  get retryAtMs(): number {
    return this.#untilMs;
  }

  /** Whether a sender may send now. Where not, it is told when to ask again. */
  admit(sender: Sender): boolean {
    if (this.#trust === 'good') return true;
    if (this.#probe || this.#clock.now() < this.#untilMs) {
      this.#waiting.add(sender);
      return false;
    }
    this.#waiting.delete(sender);
    this.#probe = sender;
    if (this.#trust === 'untried') this.#wheel.schedule(this, this.#clock.now() + firstAnswerMs);
    return true;
  }

  /** Whether somebody who does not wait may send now. */
  admitOnce(sender: Sender): boolean {
    if (this.#trust !== 'suspended') return true;
    const isAdmitted = this.admit(sender);
    if (!isAdmitted) this.#waiting.delete(sender);
    return isAdmitted;
  }

  /** Tells how a start ended. @param code undefined: it was accepted. */
  report(sender: Sender, code: TypingErrorCode | undefined): void {
    const wasProbe = this.#probe === sender;
    // It goes on by itself, once it has done what its own failure asks for.
    this.#waiting.delete(sender);
    if (wasProbe) this.#probe = undefined;
    if (code !== undefined && consequenceOf(code) === 'suspends-credential') {
      // What was in flight beside the probe tells nothing new.
      if (wasProbe || this.#trust !== 'suspended') this.#suspend();
    } else if (this.#trust === 'suspended' && !wasProbe) {
      // It was sent before the credential was refused.
    } else if (this.#trust === 'suspended' && isNoVerdict(code)) {
      this.#wait();
    } else if (this.#trust !== 'good') {
      this.#resume();
    }
  }

  /** Forgets a sender. A probe that is given up makes place for the next one. */
  leave(sender: Sender): void {
    this.#waiting.delete(sender);
    if (this.#probe !== sender) return;
    this.#probe = undefined;
    this.#wheel.schedule(this, this.#clock.now());
  }

  override onDue(): void {
    if (this.#trust === 'untried' && this.#probe) {
      this.#resume();
      return;
    }
    const [next] = this.#waiting;
    if (next) this.#observer.admits(next, 0);
  }

  #suspend(): void {
    const isFirst = this.#trust !== 'suspended';
    // What is in flight was sent before this was known, so that its success would prove nothing.
    this.#probe = undefined;
    this.#trust = 'suspended';
    this.#suspensionMs = isFirst
      ? firstSuspensionMs
      : Math.min(this.#suspensionMs * 2, longestSuspensionMs);
    this.#wait();
    this.#observer.suspended(this.#suspensionMs);
  }

  #wait(): void {
    this.#untilMs = this.#clock.now() + this.#suspensionMs;
    this.#wheel.schedule(this, this.#untilMs);
  }

  #resume(): void {
    const wasSuspended = this.#trust === 'suspended';
    if (wasSuspended) this.#observer.resumed();
    this.#trust = 'good';
    this.#untilMs = -Infinity;
    this.#wheel.cancel(this);
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    // A vendor that has just come back is not to be stormed.
    const spreadMs = (place: number): number => (wasSuspended ? place : Math.floor(place / 10));
    waiting.forEach((sender, place) =>
      this.#observer.admits(sender, Math.min(spreadMs(place), longestSpreadMs)),
    );
  }
}

// The vendor never got to look at the key.
function isNoVerdict(code: TypingErrorCode | undefined): boolean {
  if (code === undefined) return false;
  const consequence = consequenceOf(code);
  return consequence !== 'suspends-credential' && consequence !== 'ends-session';
}
