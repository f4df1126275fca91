import { setTimeout as sleep } from 'node:timers/promises';
import { defaultTyping, type TypingSession } from 'typingkit';
import { reply } from './bot.ts';
import { tell } from './bot-note.ts';
import { deliver, type Recipient } from './deliver.ts';
import { leaveWithParent } from './leave-with-parent.ts';
import { openLinqWebhook } from './linq-webhook.ts';
import { schedule } from './schedule.ts';
import { theirTurn } from './their-turn.ts';
import { think } from './think.ts';

/** Sends one message after the other, and none while the person types. */
async function converse(to: Recipient): Promise<void> {
  const { channel, target } = to;
  await sleep(schedule.beginsMs[channel]);
  for (const [index, thinkMs] of schedule.thinkMs[channel].entries()) {
    if (index > 0) {
      await theirTurn(channel, target, schedule.pauseMs, () => {
        tell({ kind: 'waits', channel, atMs: Date.now() });
      });
    }
    await answer(to, thinkMs);
  }
}

/** Says what it does after a while, which Slack shows. Elsewhere it is plain typing. */
async function thinkAloud(session: TypingSession, thinkMs: number): Promise<string> {
  const firstMs = Math.min(schedule.searchesMs, thinkMs);
  await think(firstMs);
  session.update({ status: 'is searching the web…' });
  return think(thinkMs - firstMs);
}

/** Answers, with a stopwatch on the work and on all of it. */
async function answer(to: Recipient, thinkMs: number): Promise<void> {
  const { channel, target } = to;
  let workMs = 0;
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const beganAtMs = performance.now();
    const value = await work();
    workMs += performance.now() - beganAtMs;
    return value;
  };

  tell({ kind: 'began', channel, atMs: Date.now() });
  const beganAtMs = performance.now();
  await reply(channel, target, {
    think: (session) => timed(() => thinkAloud(session, thinkMs)),
    deliver: (text) => timed(() => deliver(to, text)),
  });
  const replyMs = performance.now() - beganAtMs;
  tell({ kind: 'replied', channel, atMs: Date.now(), workMs, replyMs });
}

leaveWithParent();
const webhook = await openLinqWebhook(process.env['LINQ_WEBHOOK_SECRET'] ?? '');
tell({ kind: 'listens', channel: 'imessage', atMs: Date.now(), url: webhook.url });
defaultTyping().onInbound(
  ({ channel, state }) => tell({ kind: 'person', channel, atMs: Date.now(), state }),
  { channel: 'imessage' },
);
const recipients: readonly Recipient[] = JSON.parse(process.argv[2] ?? '[]');
await Promise.all(recipients.map(converse));
webhook.close();
