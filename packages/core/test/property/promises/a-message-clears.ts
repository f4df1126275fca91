import { clearingsOf, holds } from '../session-fate.ts';
import type { Moment, Story } from '../story.ts';
import { hasSender, isOver, overAt, startsOf, tell } from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

const resumeMs = 1_000;

/** Design 4.6. That no stop follows is seen in the stops that go out for nothing. */
export const aMessageClears: readonly Promised[] = [
  {
    promise: 'after a message the bubble stays down for a second',
    broken: (story) =>
      firstOf(story.messages, (message) => {
        const { conversation, order, atMs } = message;
        const start = startsOf(story, conversation).find(
          ({ called }) => called.order > order && called.atMs < atMs + resumeMs,
        );
        if (!start || start.capabilities.clearsOnMessage === false) return undefined;
        if (hasSender(story, conversation, start.called)) return undefined;
        // Somebody new wants it now.
        const isNew = story.sessions.some(
          ({ conversation: own, opened, wish }) =>
            own === conversation &&
            opened.order < start.called.order &&
            story.clock.latestMs(opened.atMs + (wish.delayMs ?? 0)) >= atMs,
        );
        return isNew ? undefined : `${tell(start)} came soon after the message of ${atMs} ms`;
      }),
  },
  {
    promise: 'a bubble that is still held is raised again a second after the message',
    broken: (story) =>
      firstOf(story.messages, (message) => {
        const { conversation, order } = message;
        const starts = startsOf(story, conversation);
        const capabilities = starts[0]?.capabilities;
        if (!capabilities || capabilities.clearsOnMessage === false) return undefined;
        if (capabilities.budget) return undefined;
        const inFlight = starts.find(
          (start) => start.called.order < order && !isOver(start, message),
        );
        const fromMs = Math.max(message.atMs + resumeMs, inFlight ? overAt(inFlight).atMs : 0);
        const untilMs = story.clock.latestMs(fromMs);
        if (!isUndisturbed(story, message, untilMs)) return undefined;
        const isRaised = starts.some(
          ({ called }) => called.order > order && called.atMs <= untilMs,
        );
        return isRaised ? undefined : `${conversation} was not raised after ${message.atMs} ms`;
      }),
  },
];

/** Whether a vendor was well and nothing but the message happened to a conversation. */
function isUndisturbed(
  story: Story,
  message: Moment & { readonly conversation: string },
  untilMs: number,
): boolean {
  const { conversation } = message;
  const isWithin = ({ order, atMs }: Moment): boolean =>
    order > message.order && atMs <= untilMs + 1;
  const [channel] = conversation.split('/');
  const starts = story.wire.filter((call) => call.kind === 'start' && call.channel === channel);
  const isWell = starts.every(
    ({ called, learned }) =>
      called.atMs > untilMs || (learned !== undefined && learned.code === undefined),
  );
  const isTried = starts.some(({ learned }) => learned && learned.order < message.order);
  return (
    isWell &&
    isTried &&
    Number.isFinite(untilMs) &&
    isHeldFrom(story, message, untilMs) &&
    !story.wire.some(
      (call) =>
        call.kind === 'stop' &&
        call.conversation === conversation &&
        (isWithin(call.called) || !isOver(call, message)),
    ) &&
    !clearingsOf(story, conversation).some(isWithin) &&
    !story.messages.some((other) => other.conversation === conversation && isWithin(other))
  );
}

/** Whether one session holds a conversation from a message on until a moment. */
function isHeldFrom(
  story: Story,
  message: Moment & { readonly conversation: string },
  untilMs: number,
): boolean {
  return story.sessions.some(
    (session) =>
      session.conversation === message.conversation &&
      holds(story, session, message) === 'yes' &&
      (session.ended?.atMs ?? Infinity) > untilMs,
  );
}
