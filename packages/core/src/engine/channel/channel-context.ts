import type { UnsourcedEvent } from '../../api/event.ts';
import type { TypingCapabilities } from '../../contract/typing-capabilities.ts';
import type { TypingError, TypingErrorCode, TypingOperation } from '../../contract/typing-error.ts';
import type { TypingProvider } from '../../contract/typing-provider.ts';
import type { StartReceipt } from '../../contract/typing-receipt.ts';
import type { Clock } from '../../time/clock.ts';
import type { TimerWheel } from '../../time/timer-wheel.ts';
import type { ExchangesInFlight } from '../exchange/in-flight-table.ts';
import type { Indicator } from '../indicator/indicator.ts';
import type { Runner } from '../indicator/run.ts';
import type { EngineContext } from '../engine-context.ts';
import type { TrustedGate } from '../limits/ask-gate.ts';
import type { Account } from './ask-provider.ts';

/** What all the indicators of a channel share. */
export interface ChannelContext {
  readonly channel: string;
  /** What all channels share. */
  readonly engine: EngineContext;
  readonly provider: TypingProvider;
  readonly clock: Clock;
  readonly wheel: TimerWheel;
  readonly gate: TrustedGate;
  readonly random: () => number;
  /** What their wheel entries and exchanges report to. */
  readonly runner: Runner;
  /** The starts in flight. */
  readonly starts: ExchangesInFlight<StartReceipt>;
  /** Whether anybody wants to hear of more than failures. */
  readonly isObserved: boolean;
  /** The clock in whole milliseconds: what is derived from them fits into a field without a box. Never too early. */
  nowMs(this: void): number;
  capabilitiesOf(this: void, target: unknown): TypingCapabilities;
  /** Whether the vendor can clear what this target shows. One vendor may serve networks that differ in it. */
  canStop(this: void, target: unknown): boolean;
  /** What is wrong with what the provider says of a target. */
  faultOf(this: void, target: unknown): TypingError | undefined;
  accountOf(this: void, target: unknown): Account;
  isEnabled(this: void, target: unknown): boolean;
  /** Tells the observer, and survives it. @param conversation its key. */
  emit(this: void, event: UnsourcedEvent, conversation?: string): void;
  /** An error of an exchange that never went out, or never came back. */
  error(
    this: void,
    operation: TypingOperation,
    code: TypingErrorCode,
    reason: string,
    retryAfterMs?: number,
  ): TypingError;
  /** What an exchange ended with, as an error that says where. */
  typed(this: void, error: unknown, operation: TypingOperation): TypingError;
  /** Hands a background promise, which never rejects, to the runtime, where that wants it. */
  waitUntil(this: void, background: () => Promise<void>): void;
  /** Lets go of an indicator of which nothing is left to know. @returns whether it was still there. */
  forget(this: void, indicator: Indicator): boolean;
}
