import type { TypingCapabilities } from '../../contract/typing-capabilities.ts';
import {
  TypingError,
  type TypingErrorCode,
  type TypingOperation,
} from '../../contract/typing-error.ts';
import { attribute } from '../exchange/attribution.ts';
import type { Budget } from '../limits/budget.ts';
import { refreshIntervalMs } from '../indicator/cadence.ts';
import type { ChannelContext } from './channel-context.ts';
import { lifetimeMs } from '../indicator/lifetime.ts';
import { consequenceOf, leastPauseMs, rateLimitCoolDownMs } from '../limits/policy.ts';
import type { UnsourcedEvent } from '../../api/event.ts';

/**
 * What is known of a conversation without asking anybody: where it is, and what its vendor can do for it. The lowest
 * layer of an indicator.
 */
export class Conversation {
  readonly context: ChannelContext;
  readonly key: string;
  /** The newest target that was given for it: some vendors want the id of the newest message. */
  target: unknown;

  constructor(context: ChannelContext, key: string, target: unknown) {
    this.context = context;
    this.key = key;
    this.target = target;
  }

  /** Each layer of an indicator has its name, so that whoever holds the whole can say which of them is meant. */
  get conversation(): Conversation {
    return this;
  }

  /** In whole milliseconds: what is derived from them fits into a field without a box. Never too early. */
  get nowMs(): number {
    return Math.ceil(this.context.clock.now());
  }

  get capabilities(): TypingCapabilities {
    const { provider } = this.context;
    return provider.capabilitiesOf?.(this.target) ?? provider.capabilities;
  }

  get budget(): Budget {
    return this.context.budgetOf(this.target);
  }

  get isEnabled(): boolean {
    return this.context.isEnabled(this.target);
  }

  /** How long a start lasts, in milliseconds; `Infinity` until it is stopped. */
  lifetimeMs(wishMs?: number): number {
    return lifetimeMs(this.capabilities.ttl, wishMs);
  }

  /** How long to wait from one start to the next, in milliseconds; `Infinity` where there is nothing to refresh. */
  refreshIntervalMs(wishMs: number, visibleForMs: number = this.lifetimeMs()): number {
    const { capabilities, context } = this;
    const fairMs = this.budget.fairIntervalMs();
    return refreshIntervalMs({
      capabilities,
      visibleForMs,
      wishMs,
      fairMs,
      random: context.random,
    });
  }

  /** The vendor complained of too many requests: says so to all who share the budget. */
  heed({ code, retryAfterMs = rateLimitCoolDownMs }: TypingError): void {
    if (consequenceOf(code) !== 'waits') return;
    // "At once" cannot be what somebody wants who has just complained.
    const pauseMs = Math.max(retryAfterMs, this.capabilities.minIntervalMs, leastPauseMs);
    this.budget.holdUntil(this.nowMs + pauseMs);
  }

  emit(event: UnsourcedEvent): void {
    this.context.emit(event, this.key);
  }

  /** An error of an exchange that never went out, or never came back. */
  error(
    operation: TypingOperation,
    code: TypingErrorCode,
    reason: string,
    retryAfterMs?: number,
  ): TypingError {
    return this.typed(new TypingError({ code, reason, retryAfterMs }), operation);
  }

  /** What an exchange ended with, as an error that says where. */
  typed(error: unknown, operation: TypingOperation): TypingError {
    const { channel, provider } = this.context;
    return attribute(error, channel, provider.name, operation);
  }
}
