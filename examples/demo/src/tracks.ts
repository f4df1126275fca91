import type { BubbleInterval, LoggedRequest } from '@typingkit/simulator';
import type { BotCall } from './bot.ts';
import type { Bar, Mark, Track } from './timeline.ts';

const notes = {
  expired: 'expired',
  stopped: 'stopped',
  message: 'message',
  opened: 'opened',
} as const;

/** What the bot called. */
export function callTrack(calls: readonly BotCall[], beganAtMs: number): Track {
  return {
    label: 'bot calls',
    marks: calls.map(({ atMs, stopped, failed }) => ({
      atMs: atMs - beganAtMs,
      kind: failed ? 'failure' : stopped ? 'stop' : 'call',
    })),
  };
}

/** What came over the wire. */
export function requestTrack(requests: readonly LoggedRequest[], beganAtMs: number): Track {
  return {
    label: 'requests',
    marks: requests.map(({ atMs, method }) => ({
      atMs: atMs - beganAtMs,
      kind: method === 'DELETE' ? 'stop' : 'start',
    })),
  };
}

/** What the recipient saw. */
export function recipientTrack(intervals: readonly BubbleInterval[], beganAtMs: number): Track {
  return {
    label: 'recipient',
    bars: intervals.map(({ fromMs, toMs, endedBy }) => ({
      fromMs: fromMs - beganAtMs,
      toMs: toMs === null ? null : toMs - beganAtMs,
      kind: 'bubble',
      note: endedBy === null ? undefined : notes[endedBy],
    })),
  };
}

/** What the vendor took, as far as its answers tell. */
export function acceptedTrack(calls: readonly BotCall[], beganAtMs: number): Track {
  return {
    label: 'accepted',
    marks: calls.flatMap(({ atMs, sent, stopped }): readonly Mark[] => {
      const at = atMs - beganAtMs;
      if (sent?.status === 'accepted') return [{ atMs: at, kind: 'start' }];
      return stopped?.status === 'cleared' ? [{ atMs: at, kind: 'stop' }] : [];
    }),
  };
}

/** From when to when the indicator should show, if it shows. */
export function hopeTrack(calls: readonly BotCall[], beganAtMs: number): Track {
  const bars: Bar[] = [];
  for (const { atMs, sent, stopped } of calls) {
    const bar = bars.at(-1);
    const at = atMs - beganAtMs;
    if (sent?.status === 'accepted') {
      const toMs = sent.visibleForMs === undefined ? null : at + sent.visibleForMs;
      if (bar && (bar.toMs === null || bar.toMs >= at)) bars[bars.length - 1] = { ...bar, toMs };
      else bars.push({ kind: 'hope', fromMs: at, toMs });
    }
    if (bar && stopped?.status === 'cleared') bars[bars.length - 1] = { ...bar, toMs: at };
  }
  return { label: 'asked for', bars };
}
