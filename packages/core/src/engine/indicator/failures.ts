import { longAgoMs } from '../../time/long-ago.ts';
import type { TypingError } from '../../contract/typing-error.ts';
import type { Conversation } from '../channel/conversation.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { circuitCoolDownMs, failuresToOpenCircuit } from '../limits/policy.ts';

/** The failures of one conversation: how many in a row, and which of them are new. Enough in a row open its circuit. */
export class Failures {
  readonly #conversation: Conversation;
  readonly #codes = new Set<string>();
  #inARow = 0;
  #openUntilMs: number = longAgoMs;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  /** Whether the last start has failed. */
  get areRecent(): boolean {
    return this.#inARow > 0;
  }

  /** Whether the circuit is open: nothing is sent for a while. */
  get isOpen(): boolean {
    return this.#openUntilMs > this.#conversation.nowMs;
  }

  tell(
    operation: 'start' | 'stop',
    { beganAtMs, hasCallers }: Pick<Exchange<never>, 'beganAtMs' | 'hasCallers'>,
    attempt: number,
    error: TypingError,
  ): void {
    const isFirst = !this.#codes.has(error.code);
    this.#codes.add(error.code);
    const durationMs = this.#conversation.nowMs - beganAtMs;
    const about = { operation, attempt, durationMs, isFirst, isBackground: !hasCallers };
    this.#conversation.emit({ type: 'failed', error, ...about });
  }

  /** Counts one. @returns whether that opens the circuit. */
  count(): boolean {
    this.#inARow += 1;
    if (this.#inARow < failuresToOpenCircuit) return false;
    this.#openUntilMs = this.#conversation.nowMs + circuitCoolDownMs;
    this.#conversation.emit({ type: 'suspended', retryAfterMs: circuitCoolDownMs });
    return true;
  }

  /** A start was accepted. */
  recover(): void {
    if (this.#inARow >= failuresToOpenCircuit) this.#conversation.emit({ type: 'resumed' });
    this.forgive();
  }

  /** Begins anew. */
  forgive(): void {
    this.#inARow = 0;
    this.#openUntilMs = longAgoMs;
  }
}
