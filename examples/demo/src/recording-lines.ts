import { receiptInWords, seconds } from './answers.ts';
import { type Look, wrap } from './look.ts';
import { drawLegend, drawTimeline } from './timeline.ts';
import { callTrack, recipientTrack, requestTrack } from './tracks.ts';
import type { ConversationRecord, Recording } from './two-conversations.ts';

const leastSpanMs = 10_000;
const titles = {
  imessage: 'iMessage, through Linq',
  linkedin: 'LinkedIn, through ConnectSafely',
} as const;
const vendorNames = { linq: 'Linq', connectsafely: 'ConnectSafely' } as const;

/** The picture: what was called, what was requested and what was seen, on one axis of time. */
export function recordingPicture(recording: Recording, look: Look): readonly string[] {
  const { beganAtMs, nowMs, conversations } = recording;
  const groups = conversations.map(({ channel, calls, requests, intervals }) => ({
    title: titles[channel],
    tracks: [
      callTrack(calls, beganAtMs),
      requestTrack(requests, beganAtMs),
      recipientTrack(intervals, beganAtMs),
    ],
  }));
  const endsMs = conversations.flatMap(({ intervals }) =>
    intervals.map(({ fromMs, toMs }) => (toMs ?? fromMs) - beganAtMs),
  );
  const spanMs = Math.max(leastSpanMs, ...endsMs);
  const meanings = {
    call: 'sendTyping',
    start: 'POST',
    stop: 'stopTyping, DELETE',
    bubble: 'sees “typing…”',
  };
  return [
    ...drawTimeline({ spanMs, nowMs: nowMs - beganAtMs, groups }, look),
    '',
    drawLegend(meanings, look),
  ];
}

/** Every request, in the order of time. */
export function wireLines({ beganAtMs, conversations }: Recording, look: Look): readonly string[] {
  const requests = conversations
    .flatMap((conversation) => conversation.requests)
    .toSorted((one, other) => one.atMs - other.atMs);
  const calls = conversations.reduce((sum, conversation) => sum + conversation.calls.length, 0);
  const paths = requests.map(({ path }) =>
    look.words(path.replace(/(?<=\/chats\/.{8})[^/]*/, '…')),
  );
  const pathColumns = Math.max(0, ...paths.map((path) => path.length));
  const rows = requests.map(({ atMs, vendor, method, status }, index) => {
    const at = `${((atMs - beganAtMs) / 1000).toFixed(2)} s`;
    const name = vendor === null ? 'nobody' : vendorNames[vendor];
    const path = (paths[index] ?? '').padEnd(pathColumns);
    return `    ${look.paint('faint', at.padStart(7))}  ${name.padEnd(14)}${look.paint(
      method === 'DELETE' ? 'stop' : 'start',
      method.padEnd(7),
    )}${path}  ${status === null ? '-' : String(status)}`;
  });
  const heading = `Over the wire: ${calls} calls became ${requests.length} requests`;
  return [`  ${look.paint('title', heading)}`, ...rows];
}

/** How the two conversations ended, and why not alike. */
export function endingLines(recording: Recording, look: Look): readonly string[] {
  const rows = recording.conversations.flatMap((conversation) => {
    const lines = wrap(look.words(ending(conversation)), look.width - 14);
    return lines.map((line, row) =>
      row === 0 ? `    ${nameOf(conversation).padEnd(10)}${line}` : `${' '.repeat(14)}${line}`,
    );
  });
  return [`  ${look.paint('title', 'At the end the bot called stopTyping in both')}`, ...rows];
}

function nameOf({ channel }: ConversationRecord): string {
  return titles[channel].split(',', 1).join('');
}

function ending({ calls, intervals }: ConversationRecord): string {
  const stop = calls.find(({ stopped }) => stopped !== undefined);
  const last = intervals.at(-1);
  if (!stop?.stopped || !last || last.toMs === null) return 'did not come to its end.';
  const answer = receiptInWords(stop.stopped);
  return last.endedBy === 'stopped'
    ? `${answer}. The bubble went at once.`
    : `${answer}. The vendor has no stop: it went ${seconds(last.toMs - stop.atMs)} later.`;
}
