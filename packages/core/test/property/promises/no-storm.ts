import { clearingsOf } from '../session-fate.ts';
import type { Story, WireCall } from '../story.ts';
import {
  consequenceOf,
  conversationsOf,
  hasSender,
  isInFlight,
  overAt,
  startsOf,
  stopsOf,
  tell,
} from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

/** The pause before a quick second attempt is at least this long. */
const quickMs = 100;
/** And, where the vendor does not say more, at most this long. */
const slowestQuickMs = 200;

/** Design 4.4. */
export const noStorm: readonly Promised[] = [
  {
    promise: 'one start of a conversation is in flight at a time',
    broken: (story) =>
      firstOf(story.wire, (start) => {
        const { sent } = start;
        if (start.kind !== 'start' || !sent) return undefined;
        const other = startsOf(story, start.conversation).find(
          (one) => one !== start && isInFlight(one, sent),
        );
        return other && `${tell(other)} was still in flight at ${tell(start)}`;
      }),
  },
  {
    promise: 'two starts of a conversation are minIntervalMs apart',
    broken: (story) =>
      firstOf(conversationsOf(story), (conversation) => {
        const starts = startsOf(story, conversation);
        return firstOf(starts.entries(), ([index, start]) => {
          const previous = starts[index - 1];
          if (!previous || isMayFollow(story, previous, start)) return undefined;
          return `${tell(start)} came too soon after ${tell(previous)}`;
        });
      }),
  },
];

function isMayFollow(story: Story, previous: WireCall, start: WireCall): boolean {
  const { conversation, called } = start;
  const { minIntervalMs, clearsOnMessage } = start.capabilities;
  const gapMs = called.atMs - previous.called.atMs;
  if (gapMs >= minIntervalMs - 0.001) return true;
  const isBetween = ({ order }: { readonly order: number }): boolean =>
    order > previous.called.order && order < called.order;
  const isMessage = story.messages.some(
    (message) => message.conversation === conversation && isBetween(message),
  );
  if (isMessage && clearsOnMessage !== false) return true;
  if (stopsOf(story, conversation).some((stop) => isBetween(stop.called))) return true;
  // What was given up before the engine knew of its answer has not been accepted, as far as anybody knows.
  if (previous.learned && previous.learned.code === undefined) return false;
  // A caller who is new gets his start: what he asks for has not failed yet.
  if (isAskedAnew(story, previous, start)) return true;
  const isQuick = previous.isQuick === true && isQuickAfter(story, previous, called.atMs);
  const code = previous.learned?.code;
  // The engine tells only how both attempts of a send ended.
  if (code === undefined) return isQuick;
  // A credential has a rhythm of its own.
  if (consequenceOf(code) === 'suspend') return true;
  const startsBefore = startsOf(story, conversation).filter(
    ({ called: { order } }) => order < previous.called.order,
  );
  const isFirst = !startsBefore.some(
    ({ called: { order } }) =>
      !clearingsOf(story, conversation).some(
        (clearing) => clearing.order > order && clearing.order < previous.called.order,
      ),
  );
  return isFirst && isQuick;
}

/** Whether a start comes when a quick second attempt is due. */
function isQuickAfter({ clock, wire }: Story, previous: WireCall, atMs: number): boolean {
  const endMs = overAt(previous).atMs;
  const { capabilities, channel, retryAfterMs = 0 } = previous;
  if (atMs < endMs + quickMs) return false;
  // It may be held up by the budget, or by a credential that was refused meanwhile.
  const isHeldUp =
    capabilities.budget !== undefined ||
    wire.some(
      ({ channel: own, settled }) =>
        own === channel &&
        (settled?.outcome === 'rate-limited' ||
          (settled?.outcome === 'unauthenticated' && settled.order > previous.called.order)),
    );
  return isHeldUp || atMs <= clock.latestMs(endMs + Math.max(slowestQuickMs, retryAfterMs));
}

/** Whether somebody asked for the bubble between two starts who had not asked for the first of them. */
function isAskedAnew(
  story: Story,
  previous: WireCall,
  { conversation, called }: WireCall,
): boolean {
  const { calls, clock, sessions } = story;
  if (hasSender(story, conversation, called)) return true;
  const isSent = calls.some(
    ({ verb, conversation: own, reply }) =>
      verb === 'send' &&
      own === conversation &&
      reply.called.order > previous.called.order &&
      reply.called.order < called.order,
  );
  return (
    isSent ||
    sessions.some(
      ({ conversation: own, opened, wish }) =>
        own === conversation &&
        opened.order < called.order &&
        (opened.order > previous.called.order ||
          clock.latestMs(opened.atMs + (wish.delayMs ?? 0)) >= previous.called.atMs),
    )
  );
}
