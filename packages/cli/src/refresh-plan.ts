import type { TypingCapabilities } from '@typingkit/core';
import { longestMs } from './duration.ts';

/** How much of the lifetime passes before a refresh, where nobody says better: as the engine does it. */
const shareOfLifetime = 0.8;

/**
 * How often `keep` refreshes, in milliseconds; `undefined` where there is nothing to refresh. It is given to the engine as
 * a wish, and told to the user, so that both know the same.
 *
 * @param wishMs what the user asks for. Never under what the vendor allows.
 */
export function refreshEveryMs(
  { ttl, repeat, refreshMs, minIntervalMs }: TypingCapabilities,
  wishMs?: number,
): number | undefined {
  if (ttl.kind === 'until-stopped') return undefined;
  const lifetimeMs = ttl.kind === 'fixed' ? ttl.ms : ttl.maxMs;
  const plannedMs =
    repeat === 'extends'
      ? Math.min(wishMs ?? longestMs, refreshMs ?? shareOfLifetime * lifetimeMs)
      : lifetimeMs;
  return Math.max(minIntervalMs, Math.floor(plannedMs));
}
