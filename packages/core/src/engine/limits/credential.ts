import type { TypingErrorCode } from '../../contract/typing-error.ts';
import { consequenceOf, firstAnswerMs, firstSuspensionMs, longestSuspensionMs } from './policy.ts';

/** Over how much time at the most the waiting conversations are spread when they may go on. */
const longestSpreadMs = 5_000;

/** What a credential needs of the gate that holds it. */
export interface CredentialKeeper<Sender> {
  now(): number;
  /** Calls `onTimer` at a time on the clock, and not when it was to be called before. `undefined`: not at all. */
  wakeAt(ms: number | undefined): void;
  /** It is worth asking again for somebody who waits, `afterMs` milliseconds from now. */
  wake(sender: Sender, afterMs: number): void;
  suspended(retryAfterMs: number): void;
  resumed(): void;
}

/** What the first request of a credential, and one that tries whether it is good again, is known by. */
export interface Probe {
  readonly isProbe: true;
}

/**
 * Whether a credential is good, as far as we know. Its first request goes alone, and one that was refused is tried by
 * one sender at a time, ever more seldom: a thousand sessions on a key that has expired make one request, not a
 * thousand. Vendors have closed accounts for less.
 */
export class Credential<Sender> {
  readonly #keeper: CredentialKeeper<Sender>;
  readonly #waiting = new Set<Sender>();
  #trust: 'untried' | 'good' | 'suspended' = 'untried';
  #probe: Probe | undefined;
  #suspensionMs = firstSuspensionMs;
  #untilMs = -Infinity;

  constructor(keeper: CredentialKeeper<Sender>) {
    this.#keeper = keeper;
  }

  get isGood(): boolean {
    return this.#trust === 'good';
  }

  get isSuspended(): boolean {
    return this.#trust === 'suspended';
  }

  /** Whether nothing is known of it that a newcomer would not assume, and nobody waits. */
  get isForgettable(): boolean {
    return this.#trust !== 'suspended' && !this.#probe && this.#waiting.size === 0;
  }

  /** When the next probe may go out; in the past where nothing is suspended. */
  get retryAtMs(): number {
    return this.#untilMs;
  }

  /** Whether a sender may send now: `false` where not, and it is told when to ask again; a probe where it is to try. */
  admit(sender: Sender): boolean | Probe {
    if (this.#trust === 'good') return true;
    const nowMs = this.#keeper.now();
    if (this.#probe || nowMs < this.#untilMs) {
      this.#waiting.add(sender);
      return false;
    }
    this.#waiting.delete(sender);
    this.#probe = { isProbe: true };
    if (this.#trust === 'untried') this.#keeper.wakeAt(nowMs + firstAnswerMs);
    return this.#probe;
  }

  /** The same for a sender who does not wait. */
  admitOnce(sender: Sender): boolean | Probe {
    if (this.#trust !== 'suspended') return true;
    const isWaiting = this.#waiting.has(sender);
    const admitted = this.admit(sender);
    if (!admitted && !isWaiting) this.#waiting.delete(sender);
    return admitted;
  }

  /** Tells how a start ended. @param code undefined: it was accepted. */
  report(sender: Sender, probe: Probe | undefined, code: TypingErrorCode | undefined): void {
    const wasProbe = probe !== undefined && this.#probe === probe;
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

  /** A probe was given up: it makes place for the next one. */
  giveUp(probe: Probe | undefined): void {
    if (probe === undefined || this.#probe !== probe) return;
    this.#probe = undefined;
    this.#keeper.wakeAt(this.#keeper.now());
  }

  /** Forgets somebody who waits. */
  leave(sender: Sender): void {
    this.#waiting.delete(sender);
  }

  onTimer(): void {
    if (this.#trust === 'untried' && this.#probe) {
      this.#resume();
      return;
    }
    // Whoever is switched off, or waits for something else, makes no probe, and must not keep the others from one.
    for (const next of new Set(this.#waiting)) {
      if (this.#probe || this.#trust === 'good' || this.#keeper.now() < this.#untilMs) return;
      this.#keeper.wake(next, 0);
    }
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
    this.#keeper.suspended(this.#suspensionMs);
  }

  #wait(): void {
    this.#untilMs = this.#keeper.now() + this.#suspensionMs;
    this.#keeper.wakeAt(this.#untilMs);
  }

  #resume(): void {
    const wasSuspended = this.#trust === 'suspended';
    this.#trust = 'good';
    this.#probe = undefined;
    this.#untilMs = -Infinity;
    this.#keeper.wakeAt(undefined);
    if (wasSuspended) this.#keeper.resumed();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    // A vendor that has just come back is not to be stormed.
    const spreadMs = (place: number): number => (wasSuspended ? place : Math.floor(place / 10));
    waiting.forEach((sender, place) =>
      this.#keeper.wake(sender, Math.min(spreadMs(place), longestSpreadMs)),
    );
  }
}

// The vendor never got to look at the key.
function isNoVerdict(code: TypingErrorCode | undefined): boolean {
  if (code === undefined) return false;
  const consequence = consequenceOf(code);
  return consequence !== 'suspends-credential' && consequence !== 'ends-session';
}
