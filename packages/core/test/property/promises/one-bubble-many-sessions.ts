import { canBeUp } from '../bubble-on-screen.ts';
import { clearingsOf } from '../session-fate.ts';
import type { Story, WireCall } from '../story.ts';
import { startsOf, stopsOf, tell } from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

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

function stops({ wire }: Story): WireCall[] {
  return wire.filter(({ kind }) => kind === 'stop');
}
