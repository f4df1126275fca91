import type { BubbleInterval, LoggedRequest } from '@typingkit/simulator';
import type { BotNote } from './bot-note.ts';
import type { OutageInterval } from './outage.ts';
import type { Bar, Track } from './timeline.ts';

const notes = {
  expired: 'expired',
  stopped: 'stopped',
  message: 'message',
  opened: 'opened',
  replaced: 'replaced',
} as const;

/** When the platforms were out of order. */
export function outageTrack(outage: OutageInterval | undefined, beganAtMs: number): Track {
  if (!outage) return { label: 'outage' };
  const { fromMs, toMs } = outage;
  const ended = toMs === null ? null : toMs - beganAtMs;
  return {
    label: 'outage',
    bars: [{ kind: 'outage', fromMs: fromMs - beganAtMs, toMs: ended, note: '503' }],
  };
}

/** When the bot was at work. */
export function workTrack(botNotes: readonly BotNote[], beganAtMs: number): Track {
  const bars: Bar[] = [];
  for (const { kind, atMs } of botNotes) {
    const at = atMs - beganAtMs;
    if (kind === 'began') bars.push({ kind: 'work', fromMs: at, toMs: null });
    else if (kind === 'replied' || kind === 'refused') changeLast(bars, { toMs: at });
    else if (kind === 'waits') changeLast(bars, { note: 'waits' });
  }
  return { label: 'bot', bars };
}

/** What came over the wire. */
export function requestTrack(requests: readonly LoggedRequest[], beganAtMs: number): Track {
  return {
    label: 'requests',
    marks: requests.map((request) => ({
      atMs: request.atMs - beganAtMs,
      kind: kindOfRequest(request),
    })),
  };
}

/** What a request was for, or that it failed. */
export function kindOfRequest({
  intent,
  status,
}: LoggedRequest): 'start' | 'stop' | 'message' | 'failure' {
  if (status !== null && status >= 400) return 'failure';
  return intent === 'stop' || intent === 'message' ? intent : 'start';
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

/** When the person at the other end typed, as the bot was told. */
export function personTrack(botNotes: readonly BotNote[], beganAtMs: number): Track {
  const bars: Bar[] = [];
  for (const note of botNotes) {
    if (note.kind !== 'person') continue;
    const at = note.atMs - beganAtMs;
    if (note.state === 'started') bars.push({ kind: 'person', fromMs: at, toMs: null });
    else changeLast(bars, { toMs: at });
  }
  return { label: 'they type', bars };
}

/** What the vendor answered, as typingkit tells. */
export function typingTrack(botNotes: readonly BotNote[], beganAtMs: number): Track {
  const kinds = {
    started: 'start',
    refreshed: 'start',
    failed: 'failure',
    cleared: 'stop',
  } as const;
  return {
    label: 'typingkit',
    marks: botNotes.flatMap((note) => {
      if (note.kind !== 'typing' || !(note.type in kinds)) return [];
      // `in` has just told that it is one of them, which the compiler does not take from it.
      const kind = kinds[note.type as keyof typeof kinds];
      return [{ atMs: note.atMs - beganAtMs, kind }];
    }),
  };
}

/** From when to when the indicator should show, if it shows. */
export function hopeTrack(
  botNotes: readonly BotNote[],
  beganAtMs: number,
  visibleForMs: number | undefined,
  nowMs: number,
): Track {
  const bars: Bar[] = [];
  for (const note of botNotes) {
    if (note.kind !== 'typing') continue;
    const at = note.atMs - beganAtMs;
    const bar = bars.at(-1);
    const isUp = bar !== undefined && (bar.toMs === null || bar.toMs >= at);
    if (note.type === 'started' || note.type === 'refreshed') {
      const toMs = visibleForMs === undefined ? null : at + visibleForMs;
      if (isUp) changeLast(bars, { toMs });
      else bars.push({ kind: 'hope', fromMs: at, toMs });
    } else if (note.type === 'cleared' && isUp) {
      changeLast(bars, { toMs: at });
    }
  }
  const isOver = botNotes.some(({ kind }) => kind === 'replied');
  // What is still to come is not drawn before the bot is done: until then more may follow, or a stop.
  const bar = isOver ? undefined : bars.at(-1);
  if (bar) changeLast(bars, { toMs: Math.min(bar.toMs ?? nowMs, nowMs) });
  return { label: 'asked for', bars };
}

function changeLast(bars: Bar[], change: Partial<Bar>): void {
  const last = bars.at(-1);
  if (last) bars[bars.length - 1] = { ...last, ...change };
}
