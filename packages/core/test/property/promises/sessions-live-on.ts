import { canBeUp } from '../bubble-on-screen.ts';
import { holds } from '../session-fate.ts';
import type { Story } from '../story.ts';
import { startsOf } from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

/** From the next one on, a suspension lasts longer than the vendors are given to recover. */
const mostRefusals = 6;

/** Design 4.5: whatever failed, the sessions live on. */
export const sessionsLiveOn: readonly Promised[] = [
  {
    promise: 'every conversation that is still held shows again when its vendor is well',
    broken: (story) =>
      firstOf(story.sessions, (session) => {
        const { recovered } = story;
        const { channel, conversation, ended, nth } = session;
        if (!recovered || (ended && ended.order < recovered.to.order)) return undefined;
        if (holds(story, session, recovered.from) !== 'yes') return undefined;
        if (refusalsOf(story, channel) > mostRefusals) return undefined;
        const isShown = startsOf(story, conversation).some(
          ({ learned }) =>
            learned && learned.code === undefined && learned.order > recovered.from.order,
        );
        if (isShown || canBeUp(story, conversation, recovered.to) !== 'no') return undefined;
        return `session ${nth} holds ${conversation} and nothing shows`;
      }),
  },
];

function refusalsOf({ wire }: Story, channel: string): number {
  return wire.filter(
    ({ channel: own, settled }) => own === channel && settled?.outcome === 'unauthenticated',
  ).length;
}
