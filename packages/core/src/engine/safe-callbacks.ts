import type { TypingEvent } from '../api/event.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { invalid } from './arguments/check-options.ts';
import { ignored } from './ignored.ts';
import { isThenable } from './limits/ask-gate.ts';

/** Calls an observer so that whatever it does cannot hurt the engine: it may throw, or return a promise that rejects. */
export function safeObserver<Event>(observe: (event: Event) => unknown): (event: Event) => void {
  return (event) => {
    try {
      const result = observe(event);
      // Also what only behaves like a promise.
      Promise.resolve(result).catch(() => {});
    } catch {
      // An observer that fails has nobody to tell.
    }
  };
}

/** Asks an off switch. One that throws, or answers later, has not said yes, so nothing is sent. */
export function safeSwitch(
  enabled: (channel: string, target: unknown) => boolean,
): (channel: string, target: unknown) => boolean {
  return (channel, target) => {
    try {
      const answer: unknown = enabled(channel, target);
      if (!isThenable(answer)) return Boolean(answer);
      ignored(answer);
      return false;
    } catch {
      return false;
    }
  };
}

/** Asks for chance. What is not at least 0 and less than 1 could make a time that never comes, or always. */
export function safeRandom(random: () => number): () => number {
  if (random === Math.random) return random;
  return () => {
    try {
      const value: unknown = random();
      return typeof value === 'number' && value >= 0 && value < 1 ? value : middle;
    } catch {
      return middle;
    }
  };
}

const middle = 0.5;

/**
 * Reads a clock. What is not a time, or is before the last one, is the time that it was: else nothing would ever be due, or
 * everything always.
 *
 * @throws TypingError `misconfigured`, where the clock has no time to begin with.
 */
export function safeClock(clock: Clock): Clock {
  if (clock === systemClock) return clock;
  let latestMs = timeOf(clock);
  if (latestMs === undefined) {
    throw invalid('clock.now() must return a number of milliseconds');
  }
  return {
    now() {
      const nowMs = timeOf(clock);
      if (nowMs !== undefined && nowMs > Number(latestMs)) latestMs = nowMs;
      return Number(latestMs);
    },
    setTimer: (run, afterMs) => clock.setTimer(run, afterMs),
  };
}

function timeOf(clock: Clock): number | undefined {
  try {
    const ms: unknown = clock.now();
    return typeof ms === 'number' && Math.abs(ms) < latestTimeMs ? ms : undefined;
  } catch {
    return undefined;
  }
}

/** Beyond it, in milliseconds, a time and the next one are the same number. */
const latestTimeMs = 2 ** 52;

/** Hands background promises to a runtime, which may refuse them once its request is over. */
export function safeWaitUntil(
  waitUntil: (background: Promise<void>) => void,
): (background: () => Promise<void>) => void {
  return (background) => {
    try {
      waitUntil(background());
    } catch {
      // The promise lives on without the runtime knowing.
    }
  };
}

/**
 * What observes where nobody else does: one line for each conversation and code that no caller hears of, and one for
 * each reader that is too slow.
 */
export function warnOnce(event: TypingEvent): void {
  if (event.type === 'inbound-dropped' && event.isFirst) {
    const where = `[${event.channel}/${event.provider}]`;
    console.warn(`${where} a reader of typing.inbound() is too slow and has lost an event`);
  }
  if (event.type === 'fallback-failed' && event.isFirst) {
    const how = event.why === 'threw' ? 'threw an error' : 'took too long';
    console.warn(`[${event.channel}/${event.provider}] ${event.step}() of the fallback ${how}`);
  }
  if (event.type !== 'failed' || !event.isFirst || !event.isBackground) return;
  console.warn(event.error.message);
}
