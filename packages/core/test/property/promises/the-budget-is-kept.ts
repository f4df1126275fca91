import { isHeld } from '../session-fate.ts';
import type { Moment, SessionStory, Story, WireCall } from '../story.ts';
import { overAt, startsOf, tell } from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

/** How long a message keeps a bubble down. */
const resumeMs = 1_000;

/** Design 3.1. */
export const theBudgetIsKept: readonly Promised[] = [
  {
    promise: 'no window of a budget holds more starts than the budget',
    broken: ({ wire }) => firstOf(wire, (start) => overspent(wire, start)),
  },
  {
    promise: 'a first start for which there is no room is told as skipped',
    broken: (story) => firstOf(story.sessions, (session) => untoldSkip(story, session)),
  },
];

function overspent(wire: readonly WireCall[], start: WireCall): string | undefined {
  const { budget, capabilities, kind } = start;
  if (kind !== 'start' || !capabilities.budget) return undefined;
  const { requests, perMs } = capabilities.budget;
  const untilMs = start.called.atMs;
  const inWindow = wire.filter(
    ({ kind: other, budget: own, called }) =>
      other === 'start' &&
      own === budget &&
      called.order <= start.called.order &&
      called.atMs > untilMs - perMs + 0.001,
  );
  return inWindow.length > requests
    ? `${tell(start)} was number ${inWindow.length} of ${requests} in ${perMs} ms`
    : undefined;
}

/** A session with which nothing happened when it opened, and of which nobody was told why. */
function untoldSkip(story: Story, session: SessionStory): string | undefined {
  const { channel, conversation, opened, ended, nth, wish } = session;
  const { atMs, order } = opened;
  const capabilities = startsOf(story, conversation)[0]?.capabilities;
  const isFirst = isHeld(story, conversation, opened, session) === 'no';
  if (!capabilities?.budget || capabilities.repeat !== 'extends') return undefined;
  if (!isFirst || wish.delayMs || ended?.atMs === atMs) return undefined;
  const isReason = (one: Moment): boolean => one.order < order && one.atMs > atMs - resumeMs;
  const isMessage = story.messages.some(
    (one) => one.conversation === conversation && (isReason(one) || one.atMs === atMs),
  );
  const isClearing = story.wire.some(
    (one) => one.kind === 'stop' && one.conversation === conversation && overAt(one).atMs >= atMs,
  );
  const isKeyGood = story.wire.some(
    (one) => one.kind === 'start' && one.channel === channel && (one.learned?.atMs ?? atMs) < atMs,
  );
  const isKeyRefused = story.wire.some(
    (one) => one.channel === channel && one.settled?.outcome === 'unauthenticated',
  );
  if (isMessage || isClearing || !isKeyGood || isKeyRefused) return undefined;
  const isTold = story.told.some(
    (one) => one.event.conversation === conversation && one.atMs === atMs && one.order > order,
  );
  const isStarted = startsOf(story, conversation).some(({ called }) => called.atMs === atMs);
  return isTold || isStarted ? undefined : `nothing happened and was told of session ${nth}`;
}
