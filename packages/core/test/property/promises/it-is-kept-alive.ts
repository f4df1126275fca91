import type { Moment, Story, WireCall } from '../story.ts';
import { isUndisturbed, isWell } from '../undisturbed.ts';
import { startsOf, tell } from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

/** How much of the lifetime passes before a refresh at the most, where no adapter says otherwise. */
const shareOfLifetime = 0.8;

/** Design 2 and 3.1. */
export const itIsKeptAlive: readonly Promised[] = [
  {
    promise: 'a bubble that is held is refreshed in time',
    broken: (story) =>
      firstOf(story.wire, (start) => {
        const { conversation, called, learned, capabilities } = start;
        if (start.kind !== 'start' || !learned || learned.code !== undefined) return undefined;
        if (capabilities.budget) return undefined;
        const dueMs = refreshDueMs(start, learned);
        const untilMs = story.clock.latestMs(dueMs);
        if (!isUndisturbed(story, { conversation, from: called, untilMs })) return undefined;
        if (!isWell(story, conversation, untilMs) || !isHeld(story, conversation, dueMs, untilMs))
          return undefined;
        const isRefreshed = startsOf(story, conversation).some(
          (one) => one.called.order > called.order && one.called.atMs <= untilMs,
        );
        return isRefreshed ? undefined : `${tell(start)} was not refreshed by ${untilMs} ms`;
      }),
  },
];

/** When the next start is due at the latest. */
function refreshDueMs(
  { called, capabilities, ordinaryMs, toldMs }: WireCall,
  accepted: Moment,
): number {
  const visibleForMs = toldMs ?? ordinaryMs;
  const { minIntervalMs, refreshMs = shareOfLifetime * visibleForMs, repeat } = capabilities;
  const dueMs = called.atMs + Math.max(minIntervalMs, repeat === 'extends' ? refreshMs : 0);
  // What must not be repeated while it shows has to lapse first.
  return Math.max(dueMs, accepted.atMs + (repeat === 'extends' ? 0 : visibleForMs));
}

/** Whether one session surely holds a conversation from before a start is due until some time. */
function isHeld(
  { clock, sessions }: Story,
  conversation: string,
  dueMs: number,
  untilMs: number,
): boolean {
  return sessions.some(
    ({ conversation: own, opened, ended, wish: { delayMs = 0 } }) =>
      own === conversation &&
      ended !== undefined &&
      ended.atMs > untilMs &&
      clock.latestMs(opened.atMs + delayMs) < dueMs,
  );
}
