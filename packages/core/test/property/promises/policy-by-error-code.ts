import { clearingsOf, isHeld } from '../session-fate.ts';
import type { Story, WireCall } from '../story.ts';
import { consequenceOf, conversationsOf, hasSender, startsOf, tell } from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

const coolDownMs = 30_000;
const failuresToOpenCircuit = 3;

/** Design 4.5. What a refusal ends is seen in how sessions end, and the credential has a file of its own. */
export const policyByErrorCode: readonly Promised[] = [
  {
    promise: 'rate-limited: nothing goes out on that budget until retryAfterMs has passed',
    broken: (story) =>
      firstOf(story.wire, (start) => {
        if (start.kind !== 'start') return undefined;
        const limited = story.wire.find((one) => holdsBack(story, one, start));
        return limited && `${tell(start)} came while ${tell(limited)} was to be waited for`;
      }),
  },
  {
    promise: 'three failures in a row open the circuit of the conversation for its cool-down',
    broken: (story) => firstOf(conversationsOf(story), (one) => startWhileOpen(story, one)),
  },
];

function holdsBack(story: Story, limited: WireCall, start: WireCall): boolean {
  const { settled, aborted, budget, retryAfterMs = coolDownMs } = limited;
  if (limited.kind !== 'start' || budget !== start.budget) return false;
  if (settled?.outcome !== 'rate-limited' || (aborted && aborted.order < settled.order))
    return false;
  // What took too long is not listened to any more.
  if (limited.learned && limited.learned.code !== 'rate-limited') return false;
  // Given up before anybody heard the answer, unless it is the first of the two attempts of a send.
  if (!limited.learned && !hasSender(story, limited.conversation, settled)) return false;
  if (!limited.learned && aborted?.atMs === settled.atMs) return false;
  // In the same millisecond the engine may not know yet.
  const isAfter = start.called.atMs > settled.atMs;
  return isAfter && start.called.atMs < settled.atMs + retryAfterMs - 0.001;
}

function startWhileOpen(story: Story, conversation: string): string | undefined {
  const starts = startsOf(story, conversation);
  const clearings = clearingsOf(story, conversation);
  return firstOf(starts, (start) => {
    // A caller who asks once gets his answer.
    if (hasSender(story, conversation, start.called)) return undefined;
    const known = starts
      .flatMap(({ learned }) => (learned && learned.order < start.called.order ? [learned] : []))
      .toSorted((one, other) => one.order - other.order);
    const since = clearings.findLast(({ order }) => order < start.called.order)?.order ?? 0;
    const latest = known.slice(-failuresToOpenCircuit);
    const [last] = latest.slice(-1);
    const isOpen =
      latest.length === failuresToOpenCircuit &&
      latest.every(
        ({ code, order, atMs }) =>
          code !== undefined &&
          consequenceOf(code) === 'count' &&
          order > since &&
          isHeld(story, conversation, { order, atMs }) === 'yes',
      );
    if (!isOpen || !last || start.called.atMs >= last.atMs + coolDownMs) return undefined;
    return `${tell(start)} came ${start.called.atMs - last.atMs} ms after the third failure`;
  });
}
