import type { TypingEvent } from '../api/event.ts';
import type { Clock, Timer } from '../time/clock.ts';
import type { TimerWheel } from '../time/timer-wheel.ts';
import { Indicator } from './indicator/indicator.ts';
import { endUnheld, noteMessage, wake } from './indicator/run.ts';
import { TrustedGate } from './limits/ask-gate.ts';
import type { Gate, GateEngine, Restored } from './limits/gate.ts';
import { isPause } from './limits/policy.ts';

/** What a gate needs of an engine. */
export interface GateHost {
  readonly clock: Clock;
  readonly wheel: TimerWheel;
  readonly random: () => number;
  readonly onEvent: (event: TypingEvent) => void;
  /** Makes this process refresh a conversation. Throws where it does not exist here. */
  adopt(channel: string, target: unknown, restored: Restored): void;
}

/** Connects the engine of one `Typing` to a gate. */
export function connectGate(gate: Gate, host: GateHost): TrustedGate {
  const { clock, wheel, random, onEvent } = host;
  const timers = new Set<Timer>();
  let isClosed = false;

  const engine: GateEngine = {
    clock,
    random,
    setTimer(run, afterMs) {
      const timer = wheel.setTimer(
        () => {
          timers.delete(timer);
          try {
            run();
          } catch {
            // What fails in a gate has no part in what the engine does.
          }
        },
        isPause(afterMs) ? afterMs : 0,
      );
      if (isClosed) timer.cancel();
      else timers.add(timer);
      return {
        cancel() {
          timers.delete(timer);
          timer.cancel();
        },
      };
    },
    wake(conversation, afterMs) {
      if (isKnown(conversation)) wake(conversation, isPause(afterMs) ? afterMs : 0);
    },
    unheld(conversation) {
      if (isKnown(conversation)) endUnheld(conversation);
    },
    messageSent(conversation) {
      if (isKnown(conversation)) noteMessage(conversation);
    },
    adopt(channel, target, restored = {}) {
      if (isClosed) return false;
      try {
        host.adopt(channel, target, restored);
        return true;
      } catch {
        return false;
      }
    },
    suspended({ channel, provider }, retryAfterMs) {
      const untilMs = Math.ceil(clock.now() + retryAfterMs);
      onEvent({
        type: 'suspended',
        channel,
        provider,
        retryAfterMs,
        pausedBy: 'credential',
        untilMs,
      });
    },
    resumed({ channel, provider }) {
      onEvent({ type: 'resumed', channel, provider });
    },
  };

  /** Whether an object came from here, and still means something. */
  function isKnown(conversation: unknown): conversation is Indicator {
    return !isClosed && conversation instanceof Indicator;
  }

  return new TrustedGate(gate.connect(engine), () => {
    isClosed = true;
    for (const timer of timers) timer.cancel();
    timers.clear();
  });
}
