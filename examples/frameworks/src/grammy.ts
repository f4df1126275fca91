import type { IncomingMessage, ServerResponse } from 'node:http';
import { Bot, type Context, webhookCallback } from 'grammy';
import { defaultTyping, withTyping } from 'typingkit';

/** A bot on Telegram. It reads TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET_TOKEN. */
export function createWebhook(
  think: (text: string) => Promise<string>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const {
    TELEGRAM_BOT_TOKEN: token = '',
    TELEGRAM_API_BASE_URL: apiRoot = 'https://api.telegram.org',
    TELEGRAM_WEBHOOK_SECRET_TOKEN: secretToken = '',
  } = process.env;
  const bot = new Bot(token, { client: { apiRoot } });

  bot.on('message:text', (context) => {
    // Not awaited: one person's answer must not hold up the others', and grammY gives up a webhook after 10 s.
    answer(context, context.msg.text).catch(console.error);
  });

  async function answer(context: Context, question: string): Promise<void> {
    for (const target of defaultTyping().targetsIn('telegram', context.update)) {
      const text = await withTyping('telegram', target, () => think(question));
      await context.reply(text);
    }
  }

  return webhookCallback(bot, 'http', { secretToken });
}
