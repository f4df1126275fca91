import { setTimeout as sleep } from 'node:timers/promises';
import { Telegraf } from 'telegraf';
import { measureProcess } from '../../measure-process.ts';
import { botInfo, incomingMessage, telegramOnLoopback, token } from '../../telegram-on-loopback.ts';
import { tooManyRequests, workMs } from './too-many-requests.ts';

measureProcess(async ({ record, workIsOver }) => {
  const telegram = await telegramOnLoopback(tooManyRequests);
  let worksRun = 0;
  let handlerErrors = 0;
  const bot = new Telegraf(token, { telegram: { apiRoot: telegram.origin } });
  bot.botInfo = botInfo;
  bot.on('message', (context) =>
    context.persistentChatAction('typing', async () => {
      worksRun += 1;
      await sleep(workMs);
      await context.reply('answer');
    }),
  );
  bot.catch(() => {
    handlerErrors += 1;
  });
  await bot.handleUpdate(incomingMessage(7));
  const replies = telegram.calls.filter(({ method }) => method === 'sendMessage').length;
  record({ worksRun, replies, errors: handlerErrors });
  workIsOver();
});
