import { parseOptions } from '../input/parse-input.ts';
import { anyFunction, integer, optional, strictObject, withDefault } from '../schema/schema.ts';
import { boundedMap } from './bounded-map.ts';

/**
 * Remembers which events were taken, so that each is handled once. Several processes that serve one webhook share one:
 * Redis does a claim with `SET … NX PX`, and a release with `DEL`.
 *
 * A claim that rejects, throws, takes too long or says anything but `true` and `false` counts as failed: the event is not
 * handled, the answer is 500, and the vendor sends it again.
 */
export interface SeenEvents {
  /**
   * Takes an event, in one step that no other process can come between.
   *
   * @param eventId the vendor's own id.
   * @param expiresInMs when it may be forgotten: from then on the vendor does not send it again.
   * @returns `false` where it is taken already.
   */
  claim(eventId: string, expiresInMs: number): boolean | Promise<boolean>;
  /** Gives an event back that could not be handled: the vendor will send it again. */
  release(eventId: string): unknown;
}

/** How much {@link memorySeenEvents} remembers. */
export interface MemorySeenEventsOptions {
  /**
   * How many of the last events are remembered at the least; at the most it is twice as many. Default: 10,000, about 2 MB. What comes again within a minute is known
   * up to some 160 events a second.
   */
  readonly capacity?: number | undefined;
  /** Milliseconds since 1970. Default: the clock of the machine. */
  readonly now?: (() => number) | undefined;
}

const Options = strictObject({
  capacity: withDefault(integer({ min: 1 }, 'must be a whole number above 0'), 10_000),
  now: optional(anyFunction<() => number>()),
});

/**
 * Remembers events in the memory of this process, and forgets the oldest where there are too many.
 *
 * @throws TypingError `misconfigured`.
 */
export function memorySeenEvents(options: MemorySeenEventsOptions = {}): SeenEvents {
  const { capacity, now = () => Date.now() } = parseOptions('webhook', Options, options);
  const untilMs = boundedMap<number>(capacity);
  return {
    claim(eventId, expiresInMs) {
      const nowMs = now();
      const takenUntilMs = untilMs.get(eventId);
      if (takenUntilMs !== undefined && nowMs < takenUntilMs) return false;
      untilMs.set(eventId, nowMs + expiresInMs);
      return true;
    },
    release: (eventId) => untilMs.delete(eventId),
  };
}
