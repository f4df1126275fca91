import type { ChannelDiagnosis } from 'typingkit';
import { diagnosisInWords, receiptInWords, seconds } from './answers.ts';
import type { BotNote } from './bot-note.ts';
import { type LiveConversation, titleOf } from './conversation.ts';
import { type Look, verdictStyles, wrap } from './look.ts';
import { runBot } from './run-bot.ts';
import type { Screen } from './screen.ts';
import { drawLegend, drawTimeline } from './timeline.ts';
import { hopeTrack, typingTrack, workTrack } from './tracks.ts';

const leastSpanMs = 10_000;
/** Where an answer begins, behind its time. */
const answerColumns = 13;

/** One real conversation on the real vendor. Throws an `Error` with typingkit's own sentence where it was refused. */
export async function liveDemo(
  conversation: LiveConversation,
  screen: Screen,
  look: Look,
): Promise<void> {
  const introduction =
    'A bot thinks for 9 seconds in your conversation, inside withTyping, and sends no message. ' +
    'Look at the recipient’s screen now: no vendor tells what is on it. What can be asked, ' +
    'diagnose asks first.';
  screen.print(
    '',
    `  ${look.paint('title', `typingkit, live: ${titleOf(conversation.channel, 'through the real')}`)}`,
    '',
  );
  screen.print(...wrap(look.words(introduction), look.width - 4).map((line) => `  ${line}`), '');

  let isDiagnosed = false;
  const show = (notes: readonly BotNote[]): void => {
    const diagnosed = notes.find((note) => note.kind === 'diagnosed');
    if (!diagnosed) return;
    if (!isDiagnosed) screen.print(...diagnosisLines(diagnosed.diagnosis, look), '');
    isDiagnosed = true;
    screen.draw(livePicture(conversation, notes, look));
  };
  const notes = await runBot('live', [conversation], process.env, async (notesSoFar) => {
    show(notesSoFar);
  });
  show(notes);
  screen.settle();
  screen.print('');
  const refused = notes.find((note) => note.kind === 'refused');
  if (refused) throw new Error(refused.message);
  screen.print(...answerLines(notes, look), '');
}

function diagnosisLines(diagnosis: ChannelDiagnosis, look: Look): readonly string[] {
  const lines = wrap(look.words(diagnosisInWords(diagnosis)), look.width - 4);
  const ink = verdictStyles[diagnosis.willShow];
  const painted = lines.map((line, row) =>
    row > 0 ? line : line.replace(/^\w+/, (verdict) => look.paint(ink, verdict)),
  );
  return [
    `  ${look.paint('title', 'Will it show, as far as can be asked?')}`,
    ...painted.map((line) => `    ${line}`),
  ];
}

function livePicture(
  conversation: LiveConversation,
  notes: readonly BotNote[],
  look: Look,
): readonly string[] {
  const beganAtMs = beginningOf(notes) ?? Date.now();
  const nowMs = Date.now() - beganAtMs;
  const accepted = notes.find((note) => note.kind === 'accepted');
  const hope = hopeTrack(notes, beganAtMs, accepted?.receipt.visibleForMs, nowMs);
  const endsMs = hope.bars?.map(({ fromMs, toMs }) => toMs ?? fromMs) ?? [];
  const timeline = {
    nowMs,
    spanMs: Math.max(leastSpanMs, ...notes.map(({ atMs }) => atMs - beganAtMs), ...endsMs),
    groups: [
      {
        title: titleOf(conversation.channel, 'through the real'),
        tracks: [workTrack(notes, beganAtMs), typingTrack(notes, beganAtMs), hope],
      },
    ],
  };
  const hasFailed = notes.some((note) => note.kind === 'typing' && note.type === 'failed');
  const meanings = {
    work: 'works',
    start: 'accepted',
    stop: 'stop, cleared',
    ...(hasFailed && { failure: 'failed' }),
    hope: 'should show',
  };
  return [...drawTimeline(timeline, look), '', drawLegend(meanings, look)];
}

function answerLines(notes: readonly BotNote[], look: Look): readonly string[] {
  const beganAtMs = beginningOf(notes) ?? 0;
  const rows = notes.flatMap((note) => {
    const at = `${((note.atMs - beganAtMs) / 1000).toFixed(2)} s`.padStart(7);
    const [first, ...others] = answerInWords(note).flatMap((text) =>
      wrap(look.words(text), look.width - answerColumns),
    );
    if (first === undefined) return [];
    return [
      `    ${look.paint('faint', at)}  ${first}`,
      ...others.map((line) => `${' '.repeat(answerColumns)}${line}`),
    ];
  });
  return [`  ${look.paint('title', 'What the vendor answered')}`, ...rows];
}

function beginningOf(notes: readonly BotNote[]): number | undefined {
  return notes.find(({ kind }) => kind === 'began')?.atMs;
}

function answerInWords(note: BotNote): readonly string[] {
  if (note.kind === 'accepted') {
    const { visibleForMs, traceId } = note.receipt;
    const lasts = visibleForMs === undefined ? '' : `, lasts ${seconds(visibleForMs)} at most`;
    const trace = traceId === undefined ? [] : [`trace ${traceId}`];
    return [`${receiptInWords(note.receipt)}${lasts}`, ...trace];
  }
  if (note.kind !== 'typing') return [];
  if (note.type === 'refreshed' || note.type === 'cleared') return [note.type];
  if (note.type === 'failed') return [`failed: ${note.message ?? ''}`];
  return note.type === 'expired'
    ? [`there is no stop: gone within ${seconds(note.withinMs ?? 0)}`]
    : [];
}
