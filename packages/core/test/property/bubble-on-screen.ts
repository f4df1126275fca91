import type { Certainty } from './session-fate.ts';
import type { Moment, Story, WireCall } from './story.ts';
import { consequenceOf, isOver, overAt, startsOf } from './wire-calls.ts';

/**
 * Whether the bubble of a conversation can be on the recipient's screen, as anybody can tell who sees the wire. `yes`
 * where a stop is due if nobody holds it, `no` where a stop would be for nothing.
 */
export function canBeUp(story: Story, conversation: string, at: Moment): Certainty {
  let certainty: Certainty = 'no';
  // Later starts know better how long the bubble lasts than earlier ones.
  let isLatestAccepted = true;
  for (const start of story.wire.toReversed()) {
    if (start.kind !== 'start' || start.conversation !== conversation) continue;
    if (start.called.order > at.order) continue;
    const own = bubbleOf(story, start, at);
    const counts = own === 'yes' && !isLatestAccepted ? 'perhaps' : own;
    if (counts === 'yes') return 'yes';
    if (counts === 'perhaps') certainty = 'perhaps';
    if (start.learned && start.learned.code === undefined) isLatestAccepted = false;
  }
  return certainty;
}

function bubbleOf(story: Story, start: WireCall, at: Moment): Certainty {
  if (!isOver(start, at)) {
    // A provider that still looks for its key has perhaps not seen yet that its start was given up.
    return start.sent && start.sent.order < at.order ? 'yes' : 'perhaps';
  }
  // Answered, but the engine had not heard it yet.
  const { learned, settled } = start;
  if (learned ? learned.order > at.order : settled?.atMs === at.atMs) return 'perhaps';
  const isUp = lifeOf(start, at);
  if (isUp === 'no') return 'no';
  const cleared = clearedBy(story, start, at);
  if (cleared === 'yes') return 'no';
  return cleared === 'perhaps' ? 'perhaps' : isUp;
}

function lifeOf(start: WireCall, at: Moment): Certainty {
  const { called, learned, ordinaryMs, toldMs = ordinaryMs, settled } = start;
  const endMs = overAt(start).atMs;
  const longestMs = Math.max(ordinaryMs, toldMs);
  if (!learned) {
    // It was given up, or it failed and a second attempt followed, or nobody was there to hear that it was refused.
    const isAnswered = settled && (!start.aborted || start.aborted.order > settled.order);
    const outcome = isAnswered ? settled.outcome : undefined;
    const isRefused = outcome && outcome !== 'accepted' && outcome !== 'gave-up';
    if (isRefused && consequenceOf(outcome) !== 'count') return 'perhaps';
    if (at.atMs < called.atMs + Math.min(ordinaryMs, toldMs)) return 'yes';
    return at.atMs < endMs + longestMs ? 'perhaps' : 'no';
  }
  if (learned.code === undefined) {
    if (at.atMs < endMs + toldMs) return 'yes';
    // Whoever overheard the answer because of a stop or a message has not heard that it is shorter than usual.
    return at.atMs < endMs + longestMs ? 'perhaps' : 'no';
  }
  if (consequenceOf(learned.code) !== 'count') return 'no';
  if (at.atMs < endMs + ordinaryMs) return 'yes';
  // A failure that is to be tried again is told only when that is over.
  return at.atMs < learned.atMs + ordinaryMs ? 'perhaps' : 'no';
}

/** Whether a stop or a message took a start's bubble away. */
function clearedBy(story: Story, start: WireCall, at: Moment): Certainty {
  const stops = story.wire.filter(
    (call) =>
      call.kind === 'stop' &&
      call.conversation === start.conversation &&
      call.called.order > start.called.order &&
      call.called.order < at.order,
  );
  const accepted = stops.filter(({ settled }) => settled?.outcome === 'accepted');
  const isAccepted = ({ aborted, settled }: WireCall): boolean =>
    !!settled && settled.order < at.order && (!aborted || aborted.order > settled.order);
  if (accepted.some(isAccepted)) return 'yes';
  let certainty: Certainty = accepted.length > 0 ? 'perhaps' : 'no';
  if (start.capabilities.clearsOnMessage !== true) return certainty;
  const others = [
    ...stops,
    ...startsOf(story, start.conversation).filter(({ called }) => called.order < at.order),
  ];
  for (const message of story.messages) {
    if (message.conversation !== start.conversation || message.order > at.order) continue;
    if (message.order < overAt(start).order) {
      // A start that looked for its key may have been given up long before it saw that.
      if (!start.sent && message.order > start.called.order) certainty = 'perhaps';
      continue;
    }
    // Where something is on its way, that may come after the message.
    const isAlone = others.every(
      (call) => call.called.order > message.order || isHeardOf(call, message),
    );
    if (isAlone) return 'yes';
    certainty = 'perhaps';
  }
  return certainty;
}

/** Whether the engine knew before a moment that a start was over. Stops never count: they may be tried again. */
function isHeardOf(call: WireCall, at: Moment): boolean {
  if (call.kind === 'stop') return false;
  if (call.learned) return call.learned.order < at.order;
  return isOver(call, at) && overAt(call).atMs < at.atMs;
}
