import { holds } from '../session-fate.ts';
import type { Story } from '../story.ts';
import { isUndisturbed, isWell } from '../undisturbed.ts';
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
        if (!isAlone(story, message, untilMs)) return undefined;
        const isRaised = starts.some(
          ({ called }) => called.order > order && called.atMs <= untilMs,
        );
        return isRaised ? undefined : `${conversation} was not raised after ${message.atMs} ms`;
      }),
  },
];

/** Whether a vendor was well and nothing but the message happened to a conversation that somebody holds. */
function isAlone(story: Story, message: Story['messages'][number], untilMs: number): boolean {
  const { conversation } = message;
  const [channel] = conversation.split('/');
  const isTried = story.wire.some(
    ({ channel: own, learned }) => own === channel && learned && learned.order < message.order,
  );
  return (
    isTried &&
    isWell(story, conversation, untilMs) &&
    isUndisturbed(story, { conversation, from: message, untilMs }) &&
    isHeldFrom(story, message, untilMs)
  );
}

/** Whether one session holds a conversation from a message on until a moment. */
function isHeldFrom(story: Story, message: Story['messages'][number], untilMs: number): boolean {
  return story.sessions.some(
    (session) =>
      session.conversation === message.conversation &&
      holds(story, session, message) === 'yes' &&
      (session.ended?.atMs ?? Infinity) > untilMs,
  );
}
