import { type Look } from './look.ts';
import { drawLegend, drawTimeline } from './timeline.ts';
import { outageTrack, personTrack, recipientTrack, requestTrack, workTrack } from './tracks.ts';
import { titleOf } from './conversation.ts';
import type { Recording } from './record-conversations.ts';

const leastSpanMs = 10_000;

/** The picture: what the bot did, what was requested and what was seen, on one axis of time. */
export function recordingPicture(recording: Recording, look: Look): readonly string[] {
  const { beganAtMs, nowMs, outage, conversations } = recording;
  const groups = conversations.map(({ channel, notes, requests, intervals }) => {
    const wire = [requestTrack(requests, beganAtMs), recipientTrack(intervals, beganAtMs)];
    // There alone the bot and the person take turns. All of it has to fit on a screen of 24 rows.
    const hasTurns = channel === 'imessage';
    const tracks = [workTrack(notes, beganAtMs), ...wire, personTrack(notes, beganAtMs)];
    return { title: titleOf(channel), tracks: hasTurns ? tracks : wire };
  });
  const all = { title: null, tracks: [outageTrack(outage, beganAtMs)] };
  const spanMs = Math.max(leastSpanMs, nowMs - beganAtMs);
  const meanings = {
    work: 'works',
    start: 'typing',
    failure: 'refused',
    message: 'message',
    bubble: 'sees “typing…”',
  };
  return [
    ...drawTimeline({ spanMs, nowMs: nowMs - beganAtMs, groups: [all, ...groups] }, look),
    '',
    drawLegend(meanings, look),
  ];
}
