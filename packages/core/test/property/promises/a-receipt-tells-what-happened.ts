import type { CallStory, Story, WireCall } from '../story.ts';
import { startsOf, stopsOf } from '../wire-calls.ts';
import { firstOf, type Promised } from './promised.ts';

/** Design 2.1. */
export const aReceiptTellsWhatHappened: readonly Promised[] = [
  {
    promise: 'a send is accepted only with a start of its own',
    broken: (story) =>
      firstOf(answers(story, 'accepted'), ({ conversation, reply: { called } }) => {
        const own = startsOf(story, conversation).some(
          (start) => start.called.order > called.order,
        );
        return own ? undefined : `the send of ${called.atMs} ms made no request`;
      }),
  },
  {
    promise:
      'a send is coalesced only with a start in flight, or one of less than minIntervalMs ago',
    broken: (story) =>
      firstOf(answers(story, 'coalesced'), (call) => {
        const { conversation, reply } = call;
        const other = startsOf(story, conversation).find((start) =>
          mayStandFor(story, start, call),
        );
        return other ? undefined : `the send of ${reply.called.atMs} ms did not show anything`;
      }),
  },
];

function answers({ calls }: Story, status: string): CallStory[] {
  return calls.filter(
    ({ verb, reply: { value } }) =>
      verb === 'send' &&
      typeof value === 'object' &&
      value !== null &&
      'status' in value &&
      value.status === status,
  );
}

/** Whether a start was enough for a send that made none. */
function mayStandFor(story: Story, start: WireCall, { conversation, reply }: CallStory): boolean {
  const { called, settled = called } = reply;
  if (start.called.order > settled.order) return false;
  const { aborted, learned, capabilities } = start;
  // The engine has not heard the answer, or makes a second attempt.
  if (!learned) return !aborted || aborted.atMs >= called.atMs;
  if (learned.order > called.order) return true;
  if (learned.code !== undefined) return false;
  const isFresh = called.atMs - learned.atMs < capabilities.minIntervalMs;
  const isBetween = ({ order }: { readonly order: number }): boolean =>
    order > start.called.order && order < called.order;
  const isCleared =
    stopsOf(story, conversation).some((stop) => isBetween(stop.called)) ||
    (capabilities.clearsOnMessage !== false &&
      story.messages.some((one) => one.conversation === conversation && isBetween(one)));
  return isFresh && !isCleared;
}
