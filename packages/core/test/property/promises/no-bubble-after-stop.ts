import { canBeUp } from '../bubble-on-screen.ts';
import { capOf, type Clearing, clearingsOf, isHeld } from '../session-fate.ts';
import type { Moment, SessionStory, Story, WireCall } from '../story.ts';
import {
  consequenceOf,
  conversationsOf,
  hasSender,
  isInFlight,
  isOver,
  startsOf,
  stopsOf,
  tell,
} from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

/** Design 4.2. */
export const noBubbleAfterStop: readonly Promised[] = [
  {
    promise: 'after the last session no start reaches the wire until somebody wants it again',
    broken: (story) =>
      firstOf(story.wire, (call) => {
        if (call.kind !== 'start' || !call.sent) return undefined;
        if (isWanted(story, call, call.called) && isInTime(story, call, call.sent))
          return undefined;
        return `nobody wanted ${tell(call)}, sent at ${call.sent.atMs} ms`;
      }),
  },
  {
    promise: 'a stop is ordered after the start in flight, and a start after the stop in flight',
    broken: (story) =>
      firstOf(story.wire, (call) => {
        const { sent } = call;
        if (!sent) return undefined;
        const overtaken = story.wire.find(
          (one) =>
            one.conversation === call.conversation &&
            one.kind !== call.kind &&
            one.called.order < call.called.order &&
            (isInFlight(one, sent) || (one.sent && one.sent.order > sent.order)),
        );
        return overtaken && `${tell(call)} did not wait for ${tell(overtaken)}`;
      }),
  },
  {
    promise: 'a stop goes out within settleMs, even if the start in flight never settles',
    broken: (story) => firstOf(conversationsOf(story), (one) => missingStop(story, one)),
  },
  {
    promise:
      'a session ends when it is asked to, when it lived or was silent for too long, or refused',
    broken: (story) => firstOf(story.sessions, (session) => wrongEnd(story, session)),
  },
  {
    promise: 'in the end nothing is on the screen that the vendor was well enough to clear',
    broken: (story) =>
      firstOf(conversationsOf(story), (conversation) => {
        const { calm } = story;
        const start = startsOf(story, conversation).at(-1);
        if (!calm || start?.capabilities.stop !== 'explicit') return undefined;
        const lastStop = stopsOf(story, conversation).at(-1);
        if (lastStop && lastStop.settled?.outcome !== 'accepted') return undefined;
        // What was sent once, and by nobody stopped, is left to expire.
        const isToGo = sureClearings(story, conversation).some(
          ({ order }) => order > start.called.order,
        );
        if (!isToGo) return undefined;
        const wire = story.wire.filter(({ sent }) => sent && sent.order < calm.order);
        return canBeUp({ ...story, wire }, conversation, calm) === 'yes'
          ? `the bubble of ${conversation} is still up at ${calm.atMs} ms`
          : undefined;
      }),
  },
];

/** Whether a session holds the conversation, or a one-shot send waits that no stop has overtaken. */
function isWanted(story: Story, start: WireCall, at: Moment): boolean {
  const { conversation } = start;
  if (isHeld(story, conversation, at) !== 'no') return true;
  const clearings = sureClearings(story, conversation).filter(({ order }) => order < at.order);
  return story.calls.some(({ verb, conversation: own, reply: { called, settled } }) => {
    if (verb !== 'send' || own !== conversation) return false;
    if (called.order > at.order || (settled && settled.order < at.order)) return false;
    return clearings.every(({ order }) => order < called.order);
  });
}

/** Whether a start that was looking for its key when the last session ended went out while that was waited for. */
function isInTime(story: Story, start: WireCall, sent: Moment): boolean {
  // A send that came meanwhile has joined it.
  if (isWanted(story, start, sent) || hasSender(story, start.conversation, sent)) return true;
  const waitsForIt = start.capabilities.stop === 'explicit';
  return sureClearings(story, start.conversation)
    .filter(({ order }) => order > start.called.order && order < sent.order)
    .every(
      ({ atMs, settleMs }) => waitsForIt && sent.atMs <= story.clock.runsAtMs(atMs + settleMs),
    );
}

function sureClearings(story: Story, conversation: string): Clearing[] {
  const clearings = clearingsOf(story, conversation);
  return clearings.filter(({ isSure, why }) => isSure || why !== 'last session');
}

function missingStop(story: Story, conversation: string): string | undefined {
  const stops = stopsOf(story, conversation);
  const starts = startsOf(story, conversation);
  if (starts[0]?.capabilities.stop !== 'explicit') return undefined;
  return firstOf(clearingsOf(story, conversation), (clearing) => {
    if (clearing.why !== 'last session' || !clearing.isSure) return undefined;
    if (canBeUp(story, conversation, clearing) !== 'yes') return undefined;
    const hasToWait =
      hasSender(story, conversation, clearing) ||
      starts.some(
        (start) =>
          start.called.order < clearing.order &&
          (!isOver(start, clearing) || isBetweenAttempts(start, clearing)),
      );
    const latestMs = story.clock.runsAtMs(clearing.atMs + (hasToWait ? clearing.settleMs : 0));
    const isOut = stops.some(
      (stop) =>
        (stop.called.order > clearing.order || !isOver(stop, clearing)) &&
        stop.called.atMs <= latestMs,
    );
    // One that failed may be about to try again: that one is for all who left meanwhile.
    const before = story.wire.findLast(
      (call) => call.conversation === conversation && call.called.order < clearing.order,
    );
    if (before?.kind === 'stop' && before.settled?.outcome !== 'accepted') return undefined;
    return isOut ? undefined : `no stop of ${conversation} after ${clearing.atMs} ms`;
  });
}

/** Whether a start failed of which the engine has told nothing yet: a second attempt may follow, whoever has left. */
function isBetweenAttempts({ aborted, learned, settled }: WireCall, at: Moment): boolean {
  const hasBeen = (moment: Moment | undefined): boolean => !!moment && moment.order < at.order;
  return settled?.outcome !== 'accepted' && !hasBeen(aborted) && !hasBeen(learned);
}

function wrongEnd(story: Story, session: SessionStory): string | undefined {
  const { ended, nth, conversation, asked } = session;
  const cap = capOf(session);
  if (!ended) return `session ${nth} never ended`;
  const refusals = startsOf(story, conversation).flatMap(({ learned }) =>
    learned?.code !== undefined && consequenceOf(learned.code) === 'end' ? [learned] : [],
  );
  const overdue = [
    ...asked.map(({ atMs }) => atMs),
    story.clock.latestMs(cap.atMs),
    ...refusals.flatMap(({ order, atMs }) => (order > session.opened.order ? [atMs] : [])),
  ];
  const latestMs = Math.min(...overdue);
  if (ended.atMs > latestMs) return `session ${nth} ended at ${ended.atMs}, not ${latestMs} ms`;
  const isDue =
    asked.some(({ atMs, reason }) => atMs === ended.atMs && reason === ended.reason) ||
    (ended.reason === 'idle' && ended.atMs >= cap.idle) ||
    (ended.reason === 'max-duration' && ended.atMs >= cap['max-duration']) ||
    (ended.reason === 'refused' && refusals.some(({ atMs }) => atMs === ended.atMs));
  return isDue ? undefined : `session ${nth} ended at ${ended.atMs} ms as ${ended.reason}`;
}
