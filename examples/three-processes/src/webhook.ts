import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { redisSeenEvents, remoteTyping } from '@typingkit/bullmq';
import { sharedSecret, toNodeHandler, webhookHandler } from '@typingkit/core/webhook';
import { telegramAddress, type TelegramTarget } from '@typingkit/telegram';
import { Queue } from 'bullmq';

/** A message that waits for its answer. */
export interface Question {
  readonly target: TelegramTarget;
  readonly text: string;
  /** The id of the session that shows the indicator. */
  readonly typing: string;
}

interface Update {
  readonly update_id: number;
  readonly message?: { readonly text?: string };
}

const {
  REDIS_URL: redis = 'redis://localhost:6379',
  TELEGRAM_BOT_ID: botId = '',
  TELEGRAM_WEBHOOK_SECRET_TOKEN: secret = '',
  PORT: port = '3000',
} = process.env;

// No token here: the address of the provider is enough to read targets and to open sessions.
const typing = remoteTyping({ redis, channels: { telegram: telegramAddress({ botId }) } });
const questions = new Queue<Question>('questions', { connection: { url: redis } });
// Of all processes that serve this webhook, one handles an event.
const seenEvents = redisSeenEvents({ redis, scope: 'telegram' });

const receive = webhookHandler({
  provider: 'telegram',
  signature: sharedSecret({ secret, header: 'x-telegram-bot-api-secret-token' }),
  seenEvents,
  read(body) {
    const update = body.json() as Update; // Telegram sent it.
    return [{ id: String(update.update_id), event: update }];
  },
  async onEvent(update) {
    for (const target of typing.targetsIn('telegram', update)) {
      const session = typing.keep('telegram', target);
      await session.opened;
      const text = update.message?.text ?? '';
      await questions.add('question', { target, text, typing: session.id });
      console.log('opened');
    }
  },
});

const server = createServer(toNodeHandler(receive)).listen(Number(port), () => {
  const address = server.address() as AddressInfo; // It listens on a port.
  console.log(`listens http://localhost:${address.port}`);
});

async function close(): Promise<void> {
  server.close();
  await Promise.all([typing.close(), seenEvents.close(), questions.close()]);
}
process.once('SIGTERM', () => void close());
