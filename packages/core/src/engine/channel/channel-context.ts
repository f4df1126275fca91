import type { TypingProvider } from '../../contract/typing-provider.ts';
import type { Clock } from '../../time/clock.ts';
import type { TimerWheel } from '../../time/timer-wheel.ts';
import type { StartReceipt } from '../../contract/typing-receipt.ts';
import type { Budget } from '../limits/budget.ts';
import type { Credential } from '../limits/credential.ts';
import type { ExchangesInFlight } from '../exchange/in-flight-table.ts';
import type { UnsourcedEvent } from '../../api/event.ts';

/** What all the indicators of a channel share. */
export interface ChannelContext {
  readonly channel: string;
  readonly provider: TypingProvider;
  readonly clock: Clock;
  readonly wheel: TimerWheel;
  readonly credential: Credential;
  readonly random: () => number;
  /** The starts in flight. */
  readonly starts: ExchangesInFlight<StartReceipt>;
  budgetOf(this: void, target: unknown): Budget;
  isEnabled(this: void, target: unknown): boolean;
  /** Whether anybody wants to hear of more than failures. */
  readonly isObserved: boolean;
  /** Tells the observer, and survives it. */
  emit(this: void, event: UnsourcedEvent, conversation?: string): void;
  /** Hands a background promise, which never rejects, to the runtime, where that wants it. */
  waitUntil(this: void, background: () => Promise<void>): void;
  /** Lets go of an indicator of which nothing is left to know. */
  forget(this: void, key: string, indicator: object): void;
}
