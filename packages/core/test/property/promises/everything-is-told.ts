import type { TypingEvent } from '@typingkit/core';
import { canBeUp } from '../bubble-on-screen.ts';
import { channelNames } from '../schedule.ts';
import { clearingsOf } from '../session-fate.ts';
import type { Story, Telling, WireCall } from '../story.ts';
import { conversationsOf, startsOf, stopsOf, tell } from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

type TellingOf<Type extends TypingEvent['type']> = Telling & {
  readonly event: Extract<TypingEvent, { readonly type: Type }>;
};

/** Design 4.8. That every start is told, and every end of a session, the other promises rely on. */
export const everythingIsTold: readonly Promised[] = [
  {
    promise: 'cleared is told once for each stop that the vendor took, and for nothing else',
    broken: (story) => firstOf(conversationsOf(story), (one) => wrongCleared(story, one)),
  },
  {
    promise: 'expired is told when the last session leaves a bubble that nobody can clear',
    broken: (story) =>
      firstOf(conversationsOf(story), (one) => missingExpired(story, one)) ??
      firstOf(toldOf(story, 'expired'), ({ event, atMs }) =>
        event.withinMs >= shortestLifeMs(story, event.conversation, atMs)
          ? undefined
          : `${event.conversation} may stay for longer than ${event.withinMs} ms after ${atMs} ms`,
      ),
  },
  {
    promise: 'started is told of a bubble that was down, refreshed of one that was up',
    broken: (story) => firstOf(story.wire, (start) => wrongKindOfStart(story, start)),
  },
  {
    promise: 'an event says how long its exchange took',
    broken: (story) => firstOf(story.wire, (start) => wrongDuration(story, start)),
  },
  {
    promise: 'of the failures of a session with one code exactly one is the first',
    broken: (story) => firstOf(toldOf(story, 'failed'), (failed) => wrongFirst(story, failed)),
  },
  {
    promise: 'suspended is told when a credential is refused, resumed when it is good again',
    broken: (story) => firstOf(channelNames, (channel) => wrongSuspension(story, channel)),
  },
];

function toldOf<Type extends TypingEvent['type']>(
  { told }: Story,
  type: Type,
  conversation?: string,
): TellingOf<Type>[] {
  const isOfType = (one: Telling): one is TellingOf<Type> => one.event.type === type;
  return told
    .filter(isOfType)
    .filter(({ event }) => conversation === undefined || event.conversation === conversation);
}

function wrongCleared(story: Story, conversation: string): string | undefined {
  const cleared = toldOf(story, 'cleared', conversation);
  // Whoever closes gives up what is on its way, and does not ask how it ended.
  const taken = stopsOf(story, conversation).filter(
    ({ settled, aborted }) =>
      settled?.outcome === 'accepted' && !(aborted && aborted.order < settled.order),
  );
  const untold = taken.find(
    ({ settled }) => settled && !cleared.some(({ atMs }) => atMs === settled.atMs),
  );
  if (untold && !story.close) return `nobody was told that ${tell(untold)} was taken`;
  const [tooMany] = cleared.slice(taken.length);
  return tooMany && `${conversation} was cleared at ${tooMany.atMs} ms by no stop`;
}

function missingExpired(story: Story, conversation: string): string | undefined {
  if (startsOf(story, conversation)[0]?.capabilities.stop === 'explicit') return undefined;
  const clearings = clearingsOf(story, conversation);
  return firstOf(clearings, (clearing) => {
    const { atMs, isSure, why } = clearing;
    // Whoever stops or closes all of them knows it from the answer.
    const isAskedFor = clearings.some((one) => one.why !== 'last session' && one.atMs === atMs);
    if (why !== 'last session' || !isSure || isAskedFor) return undefined;
    if (canBeUp(story, conversation, clearing) !== 'yes') return undefined;
    const isTold = toldOf(story, 'expired', conversation).some((one) => one.atMs === atMs);
    return isTold ? undefined : `nobody was told that ${conversation} expires at ${atMs} ms`;
  });
}

/** How long the bubble may stay at the least that a start showed which was given up at some time. */
function shortestLifeMs({ wire }: Story, conversation: string | undefined, atMs: number): number {
  const givenUp = wire.find(
    ({ conversation: own, called, sent, aborted, settled }) =>
      own === conversation &&
      sent !== undefined &&
      called.atMs < atMs &&
      aborted?.atMs === atMs &&
      (!settled || settled.order > aborted.order),
  );
  return givenUp?.ordinaryMs ?? 1;
}

function wrongKindOfStart(story: Story, start: WireCall): string | undefined {
  const { learned, conversation } = start;
  const type = story.told.find(({ order }) => order === learned?.order)?.event.type;
  if (start.kind !== 'start' || !learned || (type !== 'started' && type !== 'refreshed')) {
    return undefined;
  }
  const before = startsOf(story, conversation).filter(
    ({ called }) => called.order < start.called.order,
  );
  const previous = before.at(-1);
  if (!previous) return type === 'started' ? undefined : `${tell(start)} refreshed nothing`;
  const { learned: known, ordinaryMs, toldMs = ordinaryMs, called } = previous;
  if (!known || known.code !== undefined || known.order > start.called.order) return undefined;
  const isDisturbed = [...story.messages, ...clearingsOf(story, conversation)].some(
    ({ order }) => order > called.order && order < learned.order,
  );
  if (isDisturbed) return undefined;
  const isUp = known.atMs + toldMs > learned.atMs;
  return (type === 'refreshed') === isUp ? undefined : `${tell(start)} was told as ${type}`;
}

function wrongDuration(story: Story, start: WireCall): string | undefined {
  const { learned, conversation, called } = start;
  const telling = story.told.find(({ order }) => order === learned?.order);
  if (start.kind !== 'start' || !telling || !('durationMs' in telling.event)) return undefined;
  const { durationMs } = telling.event;
  // From the first of two attempts on.
  const isTrue = startsOf(story, conversation).some(
    (one) => one.called.order <= called.order && telling.atMs - one.called.atMs === durationMs,
  );
  return isTrue ? undefined : `${tell(start)} did not take ${durationMs} ms`;
}

function wrongFirst(story: Story, failed: TellingOf<'failed'>): string | undefined {
  const { conversation, error, isFirst } = failed.event;
  if (conversation === undefined) return undefined;
  const same = toldOf(story, 'failed', conversation).filter(
    ({ order, event }) => order < failed.order && event.error.code === error.code,
  );
  const previous = same.at(-1);
  if (!previous) return isFirst ? undefined : `no ${error.code} was the first in ${conversation}`;
  // A conversation that nobody holds may be forgotten.
  const isRemembered = story.sessions.some(
    (session) =>
      session.conversation === conversation &&
      session.opened.order < previous.order &&
      (session.ended === undefined || session.ended.order > failed.order),
  );
  return isFirst && isRemembered
    ? `two times ${error.code} was the first in ${conversation}`
    : undefined;
}

function wrongSuspension(story: Story, channel: string): string | undefined {
  const news = story.told.filter(
    ({ event }) => event.channel === channel && event.conversation === undefined,
  );
  const lastBefore = (order: number): Telling | undefined =>
    news.findLast(
      (one) =>
        one.order < order && (one.event.type === 'suspended' || one.event.type === 'resumed'),
    );
  const tooMany = news.find(
    ({ event, order }) => event.type === 'resumed' && lastBefore(order)?.event.type !== 'suspended',
  );
  if (tooMany) return `${channel} resumed at ${tooMany.atMs} ms what was not suspended`;
  return firstOf(story.wire, (start) => {
    const { kind, learned, called } = start;
    if (kind !== 'start' || start.channel !== channel || !learned) return undefined;
    const last = lastBefore(learned.order);
    const isSuspended = last?.event.type === 'suspended';
    if (learned.code === undefined && isSuspended && last.order < called.order) {
      return `nobody was told that ${tell(start)} resumed ${channel}`;
    }
    if (learned.code !== 'unauthenticated' || isSuspended) return undefined;
    const isTold = news.some(
      ({ event, order, atMs }) =>
        event.type === 'suspended' && order > learned.order && atMs === learned.atMs,
    );
    return isTold ? undefined : `nobody was told that ${tell(start)} suspended ${channel}`;
  });
}
