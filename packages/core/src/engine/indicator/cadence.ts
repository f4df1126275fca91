import type { TypingCapabilities } from '../../contract/typing-capabilities.ts';

/** How much of the lifetime passes before a refresh, where nobody says better. */
const shareOfLifetime = 0.8;
/** By how much a refresh may come earlier than planned, so that conversations do not refresh in step. */
const jitter = 0.1;

/** What decides when an indicator is refreshed. */
export interface Cadence {
  readonly capabilities: TypingCapabilities;
  /** How long the last start lasts; `Infinity` until it is stopped. */
  readonly visibleForMs: number;
  /** What a session wishes; `Infinity` for no wish. */
  readonly wishMs: number;
  /** What a shared budget allows each conversation. */
  readonly fairMs: number;
  readonly random: () => number;
}

/** Milliseconds from one start to the next; `Infinity` where there is nothing to refresh. */
export function refreshIntervalMs(cadence: Cadence): number {
  const { capabilities, visibleForMs, wishMs, fairMs, random } = cadence;
  const { repeat, minIntervalMs, refreshMs } = capabilities;
  // A repeat while it shows is forbidden, or would be ignored, so it has to come when it is gone.
  if (repeat !== 'extends') return Math.max(visibleForMs, minIntervalMs, fairMs);
  const plannedMs = Math.min(wishMs, refreshMs ?? shareOfLifetime * visibleForMs);
  return Math.floor(Math.max(minIntervalMs, fairMs, plannedMs * (1 - jitter * random())));
}
