import { seconds } from '../answers.ts';
import { type Look, wrap } from '../look.ts';
import type { ProcessesRecording } from './record-processes.ts';

const indent = 4;
const labelColumns = 9;

/** What a reader should see in the picture, with the figures of this run. */
export function processesLines(recording: ProcessesRecording, look: Look): readonly string[] {
  const rows = [
    ['Webhook', webhookInWords(recording)],
    ['Kill', killInWords(recording)],
    ['Bubble', bubbleInWords(recording)],
    ['Job', jobInWords(recording)],
    ['End', endInWords(recording)],
  ];
  const lines = rows.flatMap(([label = '', text = '']) =>
    wrap(look.words(text), look.width - indent - labelColumns).map((line, row) => {
      const left = look.paint('faint', (row === 0 ? label : '').padEnd(labelColumns));
      return `${' '.repeat(indent)}${left}${line}`;
    }),
  );
  return [`  ${look.paint('title', 'What happened')}`, ...lines];
}

function webhookInWords({ lines, webhookAnswers }: ProcessesRecording): string {
  const opened = lines.filter(({ text }) => text === 'opened').length;
  return `Telegram sent the message ${webhookAnswers.length === 2 ? 'twice' : 'once'}, and the webhook opened ${opened === 1 ? 'one session' : `${opened} sessions`}. It has no token, so it typed nothing itself.`;
}

function killInWords({ beganAtMs, killedAtMs = 0, lines }: ProcessesRecording): string {
  const next = lines.find(
    ({ atMs, text }) => atMs > killedAtMs && (text === 'started' || text === 'refreshed'),
  );
  const after = next ? ` ${seconds(next.atMs - killedAtMs)} later the ${next.by} typed.` : '';
  return `After ${seconds(killedAtMs - beganAtMs)} the worker, which thought and typed, was killed with SIGKILL.${after}`;
}

function bubbleInWords({ intervals, killedAtMs = 0 }: ProcessesRecording): string {
  const gapsMs = intervals
    .slice(1)
    .map(({ fromMs }, index) => fromMs - (intervals[index]?.toMs ?? fromMs));
  if (gapsMs.length === 0) return 'It never went away until the message came.';
  const isOfKill = intervals.some(({ toMs }) => toMs !== null && toMs > killedAtMs);
  return `It was gone for ${gapsMs.map(seconds).join(' and ')}${isOfKill ? ', and came back' : ''}.`;
}

function jobInWords({ killedAtMs = 0, lines }: ProcessesRecording): string {
  const again = lines.find(({ atMs, text }) => text === 'thinks' && atMs > killedAtMs);
  return again
    ? `A new worker was started. ${seconds(again.atMs - killedAtMs)} after the kill BullMQ gave it the question, and it thought anew.`
    : 'The question was answered before the kill.';
}

function endInWords({ intervals }: ProcessesRecording): string {
  const took = intervals.at(-1)?.endedBy === 'message';
  return took
    ? 'The sender stopped the session by its id, and its message took the bubble away.'
    : 'The sender stopped the session by its id.';
}
