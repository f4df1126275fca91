import type { Clock } from '../time/clock.ts';
import type { TimerWheel } from '../time/timer-wheel.ts';
import type { TypingEvent } from '../api/event.ts';

/** What all channels share. Whatever of it is the caller's own code has been made safe to call. */
export interface EngineContext {
  readonly clock: Clock;
  readonly wheel: TimerWheel;
  readonly random: () => number;
  readonly onEvent: (event: TypingEvent) => void;
  /** Whether the caller observes. Where not, only failures are worth telling. */
  readonly isObserved: boolean;
  readonly enabled: (channel: string, target: unknown) => boolean;
  readonly waitUntil: (background: () => Promise<void>) => void;
}
