import { setTimeout as sleep } from 'node:timers/promises';
import { autoChatAction, type AutoChatActionFlavor } from '@grammyjs/auto-chat-action';
import { Bot, type Context } from 'grammy';
import { measureProcess } from '../../measure-process.ts';
import { botInfo, incomingMessage, telegramOnLoopback, token } from '../../telegram-on-loopback.ts';
import { countSends } from './count-sends.ts';
import { forum, outage, plainChat, topic, workMs } from './outage.ts';

interface BotContext extends Context, AutoChatActionFlavor {}

measureProcess(async ({ record, workIsOver }) => {
  const telegram = await telegramOnLoopback(outage);
  const bot = new Bot<BotContext>(token, {
    botInfo: {
      ...botInfo,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_join_request_queries: false,
    },
    client: { apiRoot: telegram.origin },
  });
  bot.use(autoChatAction());
  bot.on('message', async (context) => {
    context.chatAction = 'typing';
    await sleep(workMs);
  });
  const beganAtMs = performance.now();
  await Promise.all([
    bot.handleUpdate(incomingMessage(forum, topic)),
    bot.handleUpdate(incomingMessage(plainChat)),
  ]);
  record(countSends(telegram.calls, beganAtMs));
  workIsOver();
});
