import { receiptInWords, seconds } from './answers.ts';
import type { BotCall, Conversation } from './bot.ts';
import { type Look, wrap } from './look.ts';
import { runBot } from './run-bot.ts';
import type { Screen } from './screen.ts';
import { drawLegend, drawTimeline } from './timeline.ts';
import { acceptedTrack, callTrack, hopeTrack } from './tracks.ts';

const leastSpanMs = 10_000;
const titles = {
  imessage: 'iMessage, through the real Linq',
  linkedin: 'LinkedIn, through the real ConnectSafely',
} as const;
const conditions = {
  imessage:
    'It shows only if you wrote in this chat within the last 5 minutes, and never over SMS or RCS.',
  linkedin: 'It shows only if the conversation is in the mailbox of the account that types.',
} as const;

/** One real conversation on the real vendor. Throws an `Error` with typingkit's own sentence where a call failed. */
export async function liveDemo(
  conversation: Conversation,
  screen: Screen,
  look: Look,
): Promise<void> {
  const { channel } = conversation;
  const introduction =
    'A bot thinks for 5 seconds in your conversation, and types. Look at the recipient’s screen ' +
    `now: no vendor tells what is on it. ${conditions[channel]}`;
  screen.print('', `  ${look.paint('title', `typingkit, live: ${titles[channel]}`)}`, '');
  screen.print(...wrap(look.words(introduction), look.width - 4).map((line) => `  ${line}`), '');

  const draw = (calls: readonly BotCall[]): void => {
    screen.draw(livePicture(conversation, calls, look));
  };
  const calls = await runBot([conversation], process.env, async (callsSoFar) => {
    draw(callsSoFar);
  });
  draw(calls);
  screen.settle();
  screen.print('');
  if (calls.some(({ failed }) => !failed)) screen.print(...receiptLines(calls, look), '');
  const failure = calls.find(({ failed }) => failed)?.failed;
  if (failure) throw new Error(failure.message);
}

function livePicture(
  { channel }: Conversation,
  calls: readonly BotCall[],
  look: Look,
): readonly string[] {
  const beganAtMs = calls[0]?.atMs ?? Date.now();
  const hope = hopeTrack(calls, beganAtMs);
  const endsMs = hope.bars?.map(({ fromMs, toMs }) => toMs ?? fromMs) ?? [];
  const timeline = {
    nowMs: Date.now() - beganAtMs,
    spanMs: Math.max(leastSpanMs, ...calls.map(({ atMs }) => atMs - beganAtMs), ...endsMs),
    groups: [
      {
        title: titles[channel],
        tracks: [callTrack(calls, beganAtMs), acceptedTrack(calls, beganAtMs), hope],
      },
    ],
  };
  const meanings = {
    call: 'sendTyping',
    start: 'accepted',
    stop: 'stopTyping, cleared',
    ...(calls.some(({ failed }) => failed) && { failure: 'failed' }),
    hope: 'should show',
  };
  return [...drawTimeline(timeline, look), '', drawLegend(meanings, look)];
}

function receiptLines(calls: readonly BotCall[], look: Look): readonly string[] {
  const beganAtMs = calls[0]?.atMs ?? 0;
  const coalesced = calls.filter(({ sent }) => sent?.status === 'coalesced').length;
  const rows = calls.flatMap(({ atMs, sent, stopped }) => {
    const receipt = stopped ?? (sent?.status === 'coalesced' ? undefined : sent);
    if (!receipt) return [];
    const at = look.paint('faint', `${((atMs - beganAtMs) / 1000).toFixed(2)} s`.padStart(7));
    const verb = stopped ? 'stopTyping' : 'sendTyping';
    const lasts =
      sent?.visibleForMs === undefined ? '' : `, lasts ${seconds(sent.visibleForMs)} at most`;
    const line = `    ${at}  ${verb}  ${look.words(receiptInWords(receipt))}${lasts}`;
    const trace = `trace ${sent?.traceId ?? ''}`;
    return sent?.traceId === undefined
      ? [line]
      : [line, ' '.repeat(25) + look.paint('faint', trace)];
  });
  return [
    `  ${look.paint('title', 'Receipts')}`,
    ...rows,
    ...(coalesced > 0
      ? [`    ${coalesced} other calls were coalesced: they needed no request.`]
      : []),
  ];
}
