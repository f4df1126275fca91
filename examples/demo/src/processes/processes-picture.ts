import type { Look } from '../look.ts';
import { type Bar, drawLegend, drawTimeline, type Mark, type Track } from '../timeline.ts';
import { recipientTrack, requestTrack } from '../tracks.ts';
import type { ProgramName } from './programs.ts';
import type { ProcessesRecording } from './record-processes.ts';

const leastSpanMs = 14_000;

/** The picture: what each process did, what was requested and what was seen, on one axis of time. */
export function processesPicture(recording: ProcessesRecording, look: Look): readonly string[] {
  const { beganAtMs, intervals, nowMs, requests } = recording;
  const spanMs = Math.max(leastSpanMs, nowMs - beganAtMs);
  const groups = [
    {
      title: 'Three processes',
      tracks: [
        programTrack('webhook', recording),
        programTrack('worker', recording),
        programTrack('sender', recording),
      ],
    },
    {
      title: 'Telegram',
      tracks: [requestTrack(requests, beganAtMs), recipientTrack(intervals, beganAtMs)],
    },
  ];
  const meanings = {
    work: 'thinks',
    start: 'typing',
    failure: 'killed',
    message: 'message',
    bubble: 'sees “typing…”',
  };
  return [
    ...drawTimeline({ spanMs, nowMs: nowMs - beganAtMs, groups }, look),
    '',
    drawLegend(meanings, look),
  ];
}

/** What one process did: when it thought, what it sent, and when it was killed. */
function programTrack(name: ProgramName, recording: ProcessesRecording): Track {
  const { beganAtMs, killedAtMs, lines } = recording;
  const bars: Bar[] = [];
  const marks: Mark[] = [];
  for (const { atMs, by, text } of lines) {
    if (by !== name) continue;
    const at = atMs - beganAtMs;
    if (text === 'thinks') bars.push({ kind: 'work', fromMs: at, toMs: null });
    else if (text === 'thought') endLast(bars, at);
    else if (text === 'opened')
      bars.push({ kind: 'work', fromMs: at, toMs: at, note: 'opens the session' });
    else if (text === 'started' || text === 'refreshed') marks.push({ kind: 'start', atMs: at });
    else if (text === 'sent') marks.push({ kind: 'message', atMs: at });
  }
  if (name === 'worker' && killedAtMs !== undefined) {
    const at = killedAtMs - beganAtMs;
    const [first] = bars;
    if (first) bars[0] = { ...first, toMs: Math.min(first.toMs ?? at, at) };
    marks.push({ kind: 'failure', atMs: at });
  }
  return { label: name, bars, marks };
}

function endLast(bars: Bar[], toMs: number): void {
  const last = bars.at(-1);
  if (last) bars[bars.length - 1] = { ...last, toMs };
}
