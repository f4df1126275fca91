import { parseOptions } from '@typingkit/core';
import * as z from 'zod/mini';
import { boundedMap } from './bounded-map.ts';
import type { SeenEvents } from './seen-events.ts';

/** How much {@link memorySeenEvents} remembers. */
export interface MemorySeenEventsOptions {
  /**
   * How many events are remembered at the most. Default: 10,000, about 2 MB. An event can come again as long as it is
   * not too old to be taken, so this is enough for some 160 events a second.
   */
  readonly capacity?: number | undefined;
  /** Milliseconds since 1970. Default: the clock of the machine. */
  readonly now?: (() => number) | undefined;
}

const Options = z.strictObject({
  capacity: z._default(
    z
      .number()
      .check(
        z.refine((count) => Number.isInteger(count) && count > 0, 'must be a whole number above 0'),
      ),
    10_000,
  ),
  now: z.optional(
    z.custom<() => number>((value) => typeof value === 'function', 'must be a function'),
  ),
});

/**
 * Remembers events in the memory of this process, and forgets the oldest where there are too many.
 *
 * @throws TypingError `misconfigured`.
 */
export function memorySeenEvents(options: MemorySeenEventsOptions = {}): SeenEvents {
  const { capacity, now = () => Date.now() } = parseOptions('linq', Options, options);
  const untilMs = boundedMap<number>(capacity);
  return {
    claim(eventId, expiresInMs) {
      const nowMs = now();
      const takenUntilMs = untilMs.get(eventId);
      if (takenUntilMs !== undefined && nowMs < takenUntilMs) return Promise.resolve(false);
      untilMs.set(eventId, nowMs + expiresInMs);
      return Promise.resolve(true);
    },
    release(eventId) {
      untilMs.delete(eventId);
      return Promise.resolve();
    },
  };
}
