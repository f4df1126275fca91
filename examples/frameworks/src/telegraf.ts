import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Context, Telegraf } from 'telegraf';
import { message } from 'telegraf/filters';
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
  // With a slash: Telegraf drops the last part of the path.
  const bot = new Telegraf(token, { telegram: { apiRoot: `${apiRoot}/` } });

  bot.on(message('text'), (context) => {
    // Not awaited: Telegraf gives up a handler after 90 s, and Telegram gets its answer now.
    answer(context, context.message.text).catch(console.error);
  });

  async function answer(context: Context, question: string): Promise<void> {
    for (const target of defaultTyping().targetsIn('telegram', context.update)) {
      const text = await withTyping('telegram', target, () => think(question));
      await context.reply(text);
    }
  }

  return bot.webhookCallback('/', { secretToken });
}
