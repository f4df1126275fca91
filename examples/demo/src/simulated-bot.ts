import { reply } from './bot.ts';
import { tell } from './bot-note.ts';
import { deliver, type Recipient } from './deliver.ts';
import { leaveWithParent } from './leave-with-parent.ts';
import { think } from './think.ts';

/** Answers, with a stopwatch on the work and on all of it. */
async function answer(to: Recipient): Promise<void> {
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
    think: () => timed(think),
    deliver: (text) => timed(() => deliver(to, text)),
  });
  const replyMs = performance.now() - beganAtMs;
  tell({ kind: 'replied', channel, atMs: Date.now(), workMs, replyMs });
}

leaveWithParent();
const recipients: readonly Recipient[] = JSON.parse(process.argv[2] ?? '[]');
await Promise.all(recipients.map(answer));
