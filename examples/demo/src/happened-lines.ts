import { seconds } from './answers.ts';
import { titles } from './conversation.ts';
import { type Look, wrap } from './look.ts';
import { kindOfRequest } from './tracks.ts';
import type { ConversationRecord, Recording } from './record-conversations.ts';

const indent = 4;
const labelColumns = 9;

/** What a reader should see in the picture, with the figures of this run. */
export function happenedLines({ conversations }: Recording, look: Look): readonly string[] {
  const rows = [
    [
      'Refresh',
      'LinkedIn wants one every 5 s, Telegram every 4 s. On iMessage a start lasts a minute, on Slack two: none was due.',
    ],
    ['Outage', outageInWords(conversations)],
    ['Person', personInWords(conversations)],
    ['Status', statusInWords(conversations)],
    ...conversations.map((conversation, index) => [
      index === 0 ? 'Reply' : '',
      replyInWords(conversation),
    ]),
    ['End', endInWords(conversations)],
  ];
  const lines = rows.flatMap(([label = '', text = '']) =>
    wrap(look.words(text), look.width - indent - labelColumns).map((line, row) => {
      const left = look.paint('faint', (row === 0 ? label : '').padEnd(labelColumns));
      return `${' '.repeat(indent)}${left}${line}`;
    }),
  );
  return [`  ${look.paint('title', 'What happened')}`, ...lines];
}

function outageInWords(conversations: readonly ConversationRecord[]): string {
  const requests = conversations.flatMap((conversation) => conversation.requests);
  const failed = requests.filter((request) => kindOfRequest(request) === 'failure').length;
  if (failed === 0) return 'No request fell into it.';
  const refused = failed === 1 ? 'One refresh was refused' : `${failed} were refused`;
  const gaps = conversations.flatMap(gapsIn);
  const gone = gaps.map(
    ({ channel, ms }) => ` The ${channel} bubble was gone for ${seconds(ms)}, until the next one.`,
  );
  return `${refused}, which the bot did not notice.${gone.join('')}`;
}

/** Whether the bot let them have their say, and for how long. */
function personInWords(conversations: readonly ConversationRecord[]): string {
  const notes = conversations.flatMap((conversation) => conversation.notes);
  const waits = notes.find(({ kind }) => kind === 'waits');
  const ceased = notes.find((note) => note.kind === 'person' && note.state === 'stopped');
  if (!waits || !ceased) return 'The bot did not have to wait for anybody.';
  return `They typed back, and Linq told the bot by a signed webhook. It had more to say, and waited ${seconds(ceased.atMs - waits.atMs)} until they ceased.`;
}

/** What the people were told that the bot does, where they can be told. */
function statusInWords(conversations: readonly ConversationRecord[]): string {
  const told = conversations.flatMap(({ channel, intervals }) => {
    const texts = intervals.flatMap(({ shows }) => (shows === undefined ? [] : [`“${shows}”`]));
    return texts.length === 0 ? [] : [`${titles[channel].channel} said ${texts.join(', then ')}.`];
  });
  return `${told.join(' ')} The others show that somebody types, and not what for.`;
}

/** Its own time against the work's. */
function replyInWords({ channel, notes }: ConversationRecord): string {
  const name = titles[channel].channel;
  const replies = notes.filter((note) => note.kind === 'replied');
  if (replies.length === 0) return `${name}: there was none.`;
  const work = inSeconds(replies.map(({ workMs }) => workMs));
  const all = inSeconds(replies.map(({ replyMs }) => replyMs));
  return `${name}: ${work} s of work, ${all} s in all.`;
}

function inSeconds(timesMs: readonly number[]): string {
  return (timesMs.reduce((sum, ms) => sum + ms, 0) / 1000).toFixed(3);
}

function endInWords(conversations: readonly ConversationRecord[]): string {
  const left = conversations.filter(({ intervals }) => intervals.at(-1)?.endedBy !== 'message');
  const stops = conversations.flatMap(({ requests }) => requests.map(kindOfRequest));
  const bubbles =
    left.length === 0
      ? 'The messages took the bubbles away'
      : `No message took the bubble away on ${left.map(({ channel }) => titles[channel].channel).join(' and ')}`;
  return stops.includes('stop')
    ? `${bubbles}, and a stop followed.`
    : `${bubbles}: no stop was sent. LinkedIn has none; without a message its bubble expires.`;
}

/** Where the bubble was gone because nobody renewed it. */
function gapsIn({ channel, intervals }: ConversationRecord): readonly {
  readonly channel: string;
  readonly ms: number;
}[] {
  return intervals.slice(1).flatMap(({ fromMs }, index) => {
    const before = intervals[index];
    if (before?.endedBy !== 'expired') return [];
    return { channel: titles[channel].channel, ms: fromMs - (before.toMs ?? fromMs) };
  });
}
