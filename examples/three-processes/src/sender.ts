import { sharedTyping } from '@typingkit/bullmq';
import { telegram } from '@typingkit/telegram';
import { Worker } from 'bullmq';
import type { Answer } from './worker.ts';

const {
  REDIS_URL: redis = 'redis://localhost:6379',
  TELEGRAM_BOT_TOKEN: botToken = '',
  TELEGRAM_API_BASE_URL: baseUrl = 'https://api.telegram.org',
} = process.env;

// It has the token as well: it goes on with what a dead worker has shown.
const typing = sharedTyping({
  redis,
  channels: { telegram: telegram({ botToken, baseUrl }) },
  leaseMs: 2_000,
  onEvent: ({ type }) => console.log(type),
});

const worker = new Worker<Answer>(
  'answers',
  async ({ data: { target, text, typing: id } }) => {
    // Before the message: a refresh behind it would raise the indicator again.
    await typing.session(id)?.stop();
    const response = await fetch(`${baseUrl}/bot${botToken}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: target.chatId, message_thread_id: target.threadId, text }),
    });
    if (!response.ok) throw new Error(`Telegram answered ${response.status}.`);
    console.log('sent');
  },
  { connection: { url: redis, maxRetriesPerRequest: null } },
);
void worker.waitUntilReady().then(() => console.log('ready'));

async function close(): Promise<void> {
  await worker.close();
  await typing.close();
}
process.once('SIGTERM', () => void close());
