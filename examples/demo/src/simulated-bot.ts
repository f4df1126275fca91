import { defaultTyping } from 'typingkit';
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
  for (const [index, thinkMs] of schedule.thinkMs[channel].entries()) {
    if (index > 0) {
      await theirTurn(channel, target, schedule.pauseMs, () => {
        tell({ kind: 'waits', channel, atMs: Date.now() });
      });
    }
    await answer(to, thinkMs);
  }
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
    think: () => timed(() => think(thinkMs)),
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
