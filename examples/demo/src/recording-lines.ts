import { type Look } from './look.ts';
import { drawLegend, drawTimeline } from './timeline.ts';
import { kindOfRequest, outageTrack, recipientTrack, requestTrack, workTrack } from './tracks.ts';
import { titles } from './conversation.ts';
import type { Recording } from './two-conversations.ts';

const leastSpanMs = 10_000;
const vendorNames = { linq: 'Linq', connectsafely: 'ConnectSafely' } as const;

/** The picture: what the bot did, what was requested and what was seen, on one axis of time. */
export function recordingPicture(recording: Recording, look: Look): readonly string[] {
  const { beganAtMs, nowMs, outage, conversations } = recording;
  const groups = conversations.map(({ channel, notes, requests, intervals }) => ({
    title: `${titles[channel].channel}, through ${titles[channel].vendor}`,
    tracks: [
      workTrack(notes, beganAtMs),
      requestTrack(requests, beganAtMs),
      recipientTrack(intervals, beganAtMs),
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

/** Every request, in the order of time. */
export function wireLines({ beganAtMs, conversations }: Recording, look: Look): readonly string[] {
  const requests = conversations
    .flatMap((conversation) => conversation.requests)
    .toSorted((one, other) => one.atMs - other.atMs);
  const paths = requests.map(({ path }) =>
    look.words(path.replace(/(?<=\/chats\/.{6})[^/]*/, '…')),
  );
  const pathColumns = Math.max(0, ...paths.map((path) => path.length));
  const rows = requests.map((request, index) => {
    const { atMs, vendor, method, status } = request;
    const at = `${((atMs - beganAtMs) / 1000).toFixed(2)} s`;
    const name = vendor === null ? 'nobody' : vendorNames[vendor];
    const path = (paths[index] ?? '').padEnd(pathColumns);
    const kind = kindOfRequest(request);
    const answer = status === null ? '-' : String(status);
    return `    ${look.paint('faint', at.padStart(7))}  ${name.padEnd(15)}${look.paint(
      kind,
      method.padEnd(6),
    )}${path}  ${kind === 'failure' ? look.paint(kind, answer) : answer}`;
  });
  return [`  ${look.paint('title', 'Over the wire')}`, ...rows];
}
