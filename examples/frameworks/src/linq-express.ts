import { LinqAPIV3 } from '@linqapp/sdk';
import { linqWebhook, toNodeHandler } from '@typingkit/linq/webhook';
import express, { type Express } from 'express';
import { type LinqTarget, type TypingSession, withTyping } from 'typingkit';

/** A bot on iMessage. It reads LINQ_API_KEY and LINQ_WEBHOOK_SECRET. */
export function createBot(think: (message: unknown) => Promise<string>): Express {
  const {
    LINQ_API_KEY: apiKey = '',
    LINQ_API_BASE_URL: baseURL,
    LINQ_WEBHOOK_SECRET,
  } = process.env;
  const linq = new LinqAPIV3({ apiKey, baseURL });

  const webhook = linqWebhook({
    secret: LINQ_WEBHOOK_SECRET ?? '', // An invalid signature gets 401.
    onMessage(message, target) {
      // Not awaited: Linq gets its 200 now, and the person sees that the bot is typing.
      answer(message, target).catch(console.error);
    },
  });

  async function answer(message: unknown, target: LinqTarget): Promise<void> {
    const say = (value: string) =>
      linq.chats.messages.send(target.chatId, { message: { parts: [{ type: 'text', value }] } });
    // Nothing shows over SMS: there, a message says that the bot thinks.
    const fallback = { show: () => say('One moment…') };
    const work = async (session: TypingSession): Promise<void> => {
      await say(await think(message)); // A queue, a model, tools: the indicator stays.
      session.messageSent(); // It has cleared the indicator: no request is needed.
    };
    await withTyping('imessage', target, work, { fallback });
  }

  const app = express();
  app.post('/linq', toNodeHandler(webhook)); // Before express.json(): the signature covers the bytes.
  app.use(express.json());
  return app;
}
