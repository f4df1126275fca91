import type { TypingEvent } from '../api/event.ts';
import { TypingError } from '../contract/typing-error.ts';
import type { Clock, Timer } from '../time/clock.ts';
import type { TimerWheel } from '../time/timer-wheel.ts';
import { invalid } from './arguments/check-options.ts';
import { objectWith } from './arguments/option-checks.ts';
import { ignored } from './ignored.ts';
import { Indicator } from './indicator/indicator.ts';
import { endUnheld, noteMessage, wake } from './indicator/run.ts';
import { TrustedGate } from './limits/ask-gate.ts';
import type { ConnectedGate, Gate, GateEngine, Restored } from './limits/gate.ts';
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

/**
 * Connects the engine of one `Typing` to a gate.
 *
 * @throws TypingError `misconfigured`, where the gate cannot be connected.
 */
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
      if (isKnown(conversation)) wake(conversation, isPause(afterMs) ? Math.ceil(afterMs) : 0);
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

  return new TrustedGate(connected(gate, engine), () => {
    isClosed = true;
    for (const timer of timers) timer.cancel();
    timers.clear();
  });
}

function connected(gate: Gate, engine: GateEngine): ConnectedGate {
  let given: unknown;
  try {
    given = gate.connect(engine);
  } catch (error) {
    if (TypingError.isInstance(error)) throw error;
    // Its message may hold anything.
    throw invalid('gate.connect() threw an error');
  }
  ignored(given);
  objectWith(
    'joined',
    'left',
    'forgotten',
    'admit',
    'report',
    'beforeStop',
  )('What gate.connect() returns', given);
  // It has just been looked at; the rest is called without trusting it.
  return given as ConnectedGate;
}
