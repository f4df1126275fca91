import type { TypingEvent } from '../api/event.ts';
import type { Clock } from '../time/clock.ts';
import type { TimerWheel } from '../time/timer-wheel.ts';
import type { TrustedGate } from './limits/ask-gate.ts';
import type { Session } from './session/session.ts';

/** What all channels share. Whatever of it is the caller's own code has been made safe to call. */
export interface EngineContext {
  readonly clock: Clock;
  readonly wheel: TimerWheel;
  readonly random: () => number;
  /** Limits starts. */
  readonly gate: TrustedGate;
  readonly onEvent: (event: TypingEvent) => void;
  /** Whether anybody observes now. Where not, only failures are worth telling. */
  readonly isObserved: boolean;
  /** Whether somebody is being told now that a session of this conversation has ended. */
  readonly isEnding: (channel: string, conversation: string) => boolean;
  readonly enabled: (channel: string, target: unknown) => boolean;
  readonly waitUntil: (background: () => Promise<void>) => void;
  /** What runs in the background and is worth waiting for when everything is closed. None of it rejects. */
  readonly background: Set<Promise<void>>;
  /** Whether something is said for the first time. What is said names no recipient. */
  readonly isNews: (what: string) => boolean;
  /** The sessions that are alive and whose id somebody has asked for. */
  readonly sessionsById: Map<string, Session>;
}
