import type { TypingEvent } from '../api/event.ts';

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

/** Asks an off switch. One that throws has not said yes, so nothing is sent. */
export function safeSwitch(
  enabled: (channel: string, target: unknown) => boolean,
): (channel: string, target: unknown) => boolean {
  return (channel, target) => {
    try {
      return enabled(channel, target);
    } catch {
      return false;
    }
  };
}

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
