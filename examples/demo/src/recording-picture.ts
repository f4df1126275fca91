import { type Look } from './look.ts';
import { drawLegend, drawTimeline } from './timeline.ts';
import { outageTrack, personTrack, recipientTrack, requestTrack, workTrack } from './tracks.ts';
import { titles } from './conversation.ts';
import type { Recording } from './two-conversations.ts';

const leastSpanMs = 10_000;

/** The picture: what the bot did, what was requested and what was seen, on one axis of time. */
export function recordingPicture(recording: Recording, look: Look): readonly string[] {
  const { beganAtMs, nowMs, outage, conversations } = recording;
  const groups = conversations.map(({ channel, notes, requests, intervals }) => ({
    title: `${titles[channel].channel}, through ${titles[channel].vendor}`,
    tracks: [
      workTrack(notes, beganAtMs),
      requestTrack(requests, beganAtMs),
      recipientTrack(intervals, beganAtMs),
      ...(channel === 'imessage' ? [personTrack(notes, beganAtMs)] : []),
    ],
  }));
  const both = { title: 'Both vendors', tracks: [outageTrack(outage, beganAtMs)] };
  const spanMs = Math.max(leastSpanMs, nowMs - beganAtMs);
  const meanings = {
    work: 'works',
    start: 'typing',
    failure: 'refused',
    message: 'message',
    bubble: 'sees “typing…”',
  };
  return [
    ...drawTimeline({ spanMs, nowMs: nowMs - beganAtMs, groups: [...groups, both] }, look),
    '',
    drawLegend(meanings, look),
  ];
}
