import { sharedTyping } from '@typingkit/bullmq';
import { telegram, type TelegramTarget } from '@typingkit/telegram';
import { Queue, Worker } from 'bullmq';
import { think } from './model.ts';
import type { Question } from './webhook.ts';

/** What is to be sent. */
export interface Answer {
  readonly target: TelegramTarget;
  readonly text: string;
  readonly typing: string;
}

const {
  REDIS_URL: redis = 'redis://localhost:6379',
  TELEGRAM_BOT_TOKEN: botToken = '',
  TELEGRAM_API_BASE_URL: baseUrl,
} = process.env;
const connection = { url: redis, maxRetriesPerRequest: null };

// It has the token, so it can show the indicator of any session, whoever opened it.
const typing = sharedTyping({
  redis,
  channels: { telegram: telegram({ botToken, baseUrl }) },
  // Telegram's indicator lasts 5 s. If this process dies, another has to take over sooner.
  leaseMs: 2_000,
  onEvent: ({ type }) => console.log(type),
});

const answers = new Queue<Answer>('answers', { connection });
const worker = new Worker<Question>(
  'questions',
  async ({ data: { target, text, typing: id } }) => {
    console.log('thinks');
    const session = typing.session(id);
    let answer = '';
    for await (const chunk of think(text)) {
      answer += chunk;
      session?.touch(); // It lives for two minutes without.
    }
    await answers.add('answer', { target, text: answer, typing: id });
    console.log('thought');
  },
  // If this process dies, BullMQ gives its question to another after 3 to 6 s.
  { connection, lockDuration: 3_000, stalledInterval: 3_000 },
);

async function close(): Promise<void> {
  await worker.close();
  await Promise.all([typing.close(), answers.close()]); // Another process goes on with its indicators.
}
process.once('SIGTERM', () => void close());
