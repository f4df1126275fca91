import type { Reply, Story } from '../story.ts';
import { firstOf, type Promised } from './promised.ts';

/** Design 4.1. */
export const theWorkIsNeverHurt: readonly Promised[] = [
  {
    promise: 'withTyping begins the work at once and settles exactly as the work does',
    broken: ({ works }) =>
      firstOf(works, ({ reply, began, over }) => {
        if (began?.atMs !== reply.called.atMs) return `work of ${reply.called.atMs} ms began late`;
        if (!over || !reply.settled) return `the with of ${reply.called.atMs} ms never settled`;
        const isSame = reply.value === over.value && reply.error === over.error;
        return isSame ? undefined : `work ended with ${String(over.error ?? over.value)}, not so`;
      }),
  },
  {
    promise: 'withTyping takes the time of the work and settleMs more at the most',
    broken: ({ works, clock }) =>
      firstOf(works, ({ reply, over, settleMs }) =>
        over && reply.settled && reply.settled.atMs > clock.runsAtMs(over.atMs + settleMs)
          ? `work was over at ${over.atMs} ms, its caller went on at ${reply.settled.atMs} ms`
          : undefined,
      ),
  },
  {
    promise: 'stop() settles within settleMs and closed settles with the session',
    broken: (story) =>
      firstOf(story.sessions, ({ stops, closed, wish, ended, nth }) => {
        const { settleMs = 250 } = wish;
        const isLate = ({ called, settled }: Reply): boolean =>
          !settled || settled.atMs > story.clock.runsAtMs(called.atMs + settleMs);
        if (stops.some(isLate)) return `a stop of session ${nth} took longer than ${settleMs} ms`;
        if (!ended || !closed) return undefined;
        if (closed.value !== ended.reason) return `session ${nth} closed otherwise`;
        const isLateToTell = wish.isWatched && closed.settled?.atMs !== ended.atMs;
        return isLateToTell ? `closed of session ${nth} settled late` : undefined;
      }),
  },
  {
    promise: 'nothing that a vendor does makes keep, stop, messageSent, close or closed fail',
    broken: (story) => firstOf([...story.thrown, ...failuresOf(story)], (error) => String(error)),
  },
];

function failuresOf({ sessions, close }: Story): unknown[] {
  const replies = [...sessions.flatMap(({ stops, closed }) => [...stops, closed]), close];
  return replies.flatMap((reply) => (reply && 'error' in reply ? [reply.error] : []));
}
