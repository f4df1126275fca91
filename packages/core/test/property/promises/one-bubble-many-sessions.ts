import { canBeUp } from '../bubble-on-screen.ts';
import { clearingsOf } from '../session-fate.ts';
import type { Story, WireCall } from '../story.ts';
import { isRetryable, startsOf, stopsOf, tell } from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

/** Where the vendor says nothing, the second attempt of a stop goes out so soon. */
const slowestQuickMs = 200;
/** How long both attempts of a stop may take. */
const stopTimeoutMs = 10_000;
/** How long a stop may keep the next start waiting. */
const stopPatienceMs = 1_500;

/** Design 4.3. */
export const oneBubbleManySessions: readonly Promised[] = [
  {
    promise: 'no stop goes out while a session holds that is not the last one to end',
    broken: (story) =>
      firstOf(stops(story), (stop) => {
        const { conversation, called } = stop;
        const starts = startsOf(story, conversation);
        const isAsked = clearingsOf(story, conversation).some(
          ({ order }) =>
            order < called.order &&
            // What starts between the end of the last session and the stop would be cleared by it.
            starts.every(
              (start) => start.called.order < order || start.called.order > called.order,
            ),
        );
        return isAsked ? undefined : `nobody asked for ${tell(stop)}`;
      }),
  },
  {
    promise: 'exactly one clear goes out after the last session',
    broken: (story) =>
      firstOf(stops(story), (stop) => {
        const { conversation, called } = stop;
        const clearing = clearingsOf(story, conversation).findLast(
          ({ order }) => order < called.order,
        );
        const earlier = stopsOf(story, conversation).filter(
          (one) => one.called.order < called.order && one.called.order > (clearing?.order ?? 0),
        );
        if (earlier.length > 1) return `${tell(stop)} was a third attempt`;
        const first = earlier[0];
        if (!first || (first.settled && first.settled.outcome !== 'accepted')) return undefined;
        return `${tell(stop)} came after ${tell(first)}`;
      }),
  },
  {
    promise: 'a stop that failed in a way that may pass is tried once more',
    broken: (story) =>
      firstOf(stops(story), (stop) => {
        const untilMs = secondStopUntilMs(story, stop);
        if (untilMs === undefined) return undefined;
        const isTried = stopsOf(story, stop.conversation).some(
          ({ called }) => called.order > stop.called.order && called.atMs <= untilMs,
        );
        return isTried ? undefined : `${tell(stop)} failed and was not tried again`;
      }),
  },
  {
    promise: 'no stop goes out where nothing can be up',
    broken: (story) =>
      firstOf(stops(story), (stop) => {
        const { conversation, called } = stop;
        const isAsked = story.calls.some(
          ({ verb, conversation: own, reply }) =>
            verb === 'stop' && own === conversation && reply.called.order < called.order,
        );
        const before = story.wire.findLast(
          (one) => one.conversation === conversation && one.called.order < called.order,
        );
        // A second attempt was decided on when the first one was made.
        const isSecond = before?.kind === 'stop' && before.settled?.outcome !== 'accepted';
        if (isAsked || isSecond) return undefined;
        const isForNothing = clearingsOf(story, conversation).every(
          (clearing) =>
            clearing.order > called.order ||
            clearing.order < (before?.called.order ?? 0) ||
            canBeUp(story, conversation, clearing) === 'no',
        );
        return isForNothing ? `${tell(stop)} was for nothing` : undefined;
      }),
  },
];

/** Until when the second attempt of a stop has gone out; `undefined` where none is due. */
function secondStopUntilMs({ wire, clock, close }: Story, stop: WireCall): number | undefined {
  const { aborted, called, conversation, isQuick, retryAfterMs = 0, settled } = stop;
  if (!isQuick || !settled || !isRetryable(settled.outcome) || aborted) return undefined;
  const dueMs = settled.atMs + Math.max(retryAfterMs, slowestQuickMs);
  if (dueMs >= called.atMs + stopTimeoutMs) return undefined;
  const untilMs = clock.latestMs(dueMs);
  if (close && close.called.atMs <= untilMs) return undefined;
  // Somebody who wanted to start has waited long enough for it.
  const isOvertaken = wire.some(
    (one) =>
      one.kind === 'start' &&
      one.conversation === conversation &&
      one.called.order > called.order &&
      one.called.atMs >= called.atMs + stopPatienceMs &&
      one.called.atMs <= untilMs,
  );
  if (isOvertaken) return undefined;
  const before = wire.findLast(
    (one) => one.conversation === conversation && one.called.order < called.order,
  );
  // It may be the second attempt itself.
  return before?.kind === 'stop' ? undefined : untilMs;
}

function stops({ wire }: Story): WireCall[] {
  return wire.filter(({ kind }) => kind === 'stop');
}
