import { clearingsOf, holds, isHeld } from '../session-fate.ts';
import type { Moment, Story, WireCall } from '../story.ts';
import { isUndisturbed } from '../undisturbed.ts';
import { consequenceOf, conversationsOf, hasSender, startsOf, tell } from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

const coolDownMs = 30_000;
const failuresToOpenCircuit = 3;
/** How long the engine waits at the most after a failure, where neither interval nor vendor says more. */
const slowestPauseMs = 5_000;

/** Design 4.5. What a refusal ends is seen in how sessions end, and the credential has a file of its own. */
export const policyByErrorCode: readonly Promised[] = [
  {
    promise: 'rate-limited: nothing goes out on that budget until retryAfterMs has passed',
    broken: (story) =>
      firstOf(story.wire, (start) => {
        if (start.kind !== 'start') return undefined;
        const limited = story.wire.find((one) => holdsBack(one, start));
        return limited && `${tell(start)} came while ${tell(limited)} was to be waited for`;
      }),
  },
  {
    promise: 'three failures in a row open the circuit of the conversation for its cool-down',
    broken: (story) => firstOf(conversationsOf(story), (one) => startWhileOpen(story, one)),
  },
  {
    promise: 'suspended is told when a circuit opens',
    broken: (story) =>
      firstOf(conversationsOf(story), (conversation) =>
        firstOf(startsOf(story, conversation), ({ learned }) => {
          if (!learned) return undefined;
          const third = failureThatOpened(story, conversation, { order: learned.order + 1 });
          const isTold = story.told.some(
            ({ event, atMs }) =>
              event.type === 'suspended' &&
              event.conversation === conversation &&
              atMs === learned.atMs,
          );
          return third === learned && !isTold
            ? `nobody was told that the circuit of ${conversation} opened at ${learned.atMs} ms`
            : undefined;
        }),
      ),
  },
  {
    promise: 'what failed is tried again within 5 s, or after the cool-down of its circuit',
    broken: (story) => firstOf(conversationsOf(story), (one) => missingStart(story, one)),
  },
];

function holdsBack(limited: WireCall, start: WireCall): boolean {
  const { settled, budget, retryAfterMs = coolDownMs } = limited;
  // Also what was given up: the vendor has complained all the same.
  if (limited.kind !== 'start' || budget !== start.budget) return false;
  if (settled?.outcome !== 'rate-limited') return false;
  // In the same millisecond the engine may not know yet.
  const isAfter = start.called.atMs > settled.atMs;
  return isAfter && start.called.atMs < settled.atMs + retryAfterMs - 0.001;
}

function startWhileOpen(story: Story, conversation: string): string | undefined {
  return firstOf(startsOf(story, conversation), (start) => {
    // A caller who asks once gets his answer.
    if (hasSender(story, conversation, start.called)) return undefined;
    const third = failureThatOpened(story, conversation, start.called);
    if (!third || start.called.atMs >= third.atMs + coolDownMs) return undefined;
    return `${tell(start)} came ${start.called.atMs - third.atMs} ms after the third failure`;
  });
}

/** The third failure in a row, or a later one, where that is the last that the engine knew of a conversation. */
function failureThatOpened(
  story: Story,
  conversation: string,
  before: Pick<Moment, 'order'>,
): WireCall['learned'] {
  const known = newsBefore(startsOf(story, conversation), before);
  const clearings = clearingsOf(story, conversation);
  const since = clearings.findLast(({ order }) => order < before.order)?.order ?? 0;
  const latest = known.slice(-failuresToOpenCircuit);
  const isOpen =
    latest.length === failuresToOpenCircuit &&
    latest.every(
      ({ code, order, atMs }) =>
        code !== undefined &&
        consequenceOf(code) === 'count' &&
        order > since &&
        isHeld(story, conversation, { order, atMs }) === 'yes',
    );
  return isOpen ? latest.at(-1) : undefined;
}

function missingStart(story: Story, conversation: string): string | undefined {
  const starts = startsOf(story, conversation);
  return firstOf(starts, (failed) => {
    const { learned, capabilities, retryAfterMs = 0 } = failed;
    if (learned?.code === undefined || consequenceOf(learned.code) !== 'count') return undefined;
    // What must not be repeated while it shows waits until it is gone.
    if (capabilities.budget || capabilities.repeat !== 'extends') return undefined;
    const news = newsBefore(starts, { order: learned.order + 1 });
    const inARow = news.slice(news.findLastIndex(({ code }) => code === undefined) + 1);
    const mayBeOpen = inARow.length >= failuresToOpenCircuit;
    const slowestMs = mayBeOpen ? coolDownMs : slowestPauseMs;
    const pauseMs = Math.max(slowestMs, capabilities.minIntervalMs, retryAfterMs);
    const untilMs = story.clock.latestMs(learned.atMs + pauseMs);
    if (isHeldUp(story, failed.channel, untilMs)) return undefined;
    if (!isUndisturbed(story, { conversation, from: failed.called, untilMs })) return undefined;
    const isWanted = story.sessions.some(
      (session) =>
        session.conversation === conversation &&
        holds(story, session, learned) === 'yes' &&
        (session.ended?.atMs ?? Infinity) > untilMs,
    );
    const isTried = starts.some(
      ({ called }) => called.order > learned.order && called.atMs <= untilMs,
    );
    return isWanted && !isTried
      ? `${conversation} was not tried again after failure ${inARow.length} at ${learned.atMs} ms`
      : undefined;
  });
}

/** Whether the credential or the vendor's own word may hold up the starts of a channel. */
function isHeldUp({ wire }: Story, channel: string, untilMs: number): boolean {
  return wire.some(({ channel: own, called, settled, learned }) => {
    if (own !== channel || called.atMs > untilMs) return false;
    return [settled?.outcome, learned?.code].some(
      (code) => code === 'unauthenticated' || code === 'rate-limited',
    );
  });
}

/** What the engine knew of starts before a moment, in order. */
function newsBefore(
  starts: readonly WireCall[],
  at: Pick<Moment, 'order'>,
): NonNullable<WireCall['learned']>[] {
  return starts
    .flatMap(({ learned }) => (learned && learned.order < at.order ? [learned] : []))
    .toSorted((one, other) => one.order - other.order);
}
