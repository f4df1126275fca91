import { randomBytes } from 'node:crypto';

import { Hono } from 'hono';

import { bearerToken } from '../bearer.ts';
import { isUuid } from '../../bubbles/conversation-key.ts';
import { linqChatBody } from './chat-body.ts';
import type { LinqChat } from './chats.ts';
import { linqMessageListBody, readPage } from './message-list.ts';
import { linqMessageSentBody, readLinqMessage } from './message.ts';
import { createRefusal } from './refusal.ts';
import type { LinqContext, LinqEnvironment } from './refusal.ts';
import { linqRules } from './settings.ts';
import type { LinqBackend } from './vendor.ts';
import { linqWebhookRoutes } from './webhooks/routes.ts';

/** Linq's Partner API v3, as far as it is about typing. @see https://docs.linqapp.com/guides/chats/typing-indicators/ */
export function linqRoutes(linq: LinqBackend): Hono<LinqEnvironment> {
  const routes = new Hono<LinqEnvironment>();

  const refuse = createRefusal(() => linq.settings());

  routes.use('*', async (context, next) => {
    context.set('traceId', randomBytes(16).toString('hex'));
    context.header('X-Trace-ID', context.get('traceId'));
    const apiKey = bearerToken(context.req.header('authorization'));
    if (apiKey === null || !linq.settings().apiKeys.includes(apiKey)) return refuse(context, 2004);
    context.set('apiKey', apiKey);

    const waitSeconds = linq.exceededForSeconds(apiKey);
    if (waitSeconds !== null) {
      context.header('Retry-After', String(waitSeconds));
      return refuse(context, 1007, {
        message: `Rate limited. Try again in ${String(waitSeconds)} seconds.`,
        retryAfterSeconds: waitSeconds,
      });
    }
    return next();
  });

  const findChat = (context: LinqContext): LinqChat | Response => {
    const chatId = context.req.param('chatId') ?? '';
    // Undocumented for chats: 404 would be as likely. The page about attachments answers 400 for an id that is no UUID.
    if (!isUuid(chatId)) return refuse(context, 1005, { message: 'chatId is not a valid UUID' });
    const chat = linq.find(chatId);
    if (chat === undefined) return refuse(context, 2001);
    if (chat.apiKey !== context.get('apiKey')) return refuse(context, 2005);
    // That it cannot even be read until it is there is our guess.
    return chat.state === 'creating' ? refuse(context, 2009) : chat;
  };

  const findReadyChat = (context: LinqContext): LinqChat | Response => {
    const chat = findChat(context);
    if (chat instanceof Response) return chat;
    return chat.state === 'left' ? refuse(context, 2013) : chat;
  };

  const findTypableChat = (context: LinqContext): LinqChat | Response => {
    const chat = findReadyChat(context);
    if (chat instanceof Response) return chat;
    // That it is 2005 is our guess: the vendor names the status only, and 2005 is its one sample of a 403.
    if (chat.group && !linqRules(linq.settings()).groups) return refuse(context, 2005);
    return chat;
  };

  routes.post('/v3/chats/:chatId/typing', (context) => {
    const chat = findTypableChat(context);
    if (chat instanceof Response) return chat;
    linq.startTyping(chat);
    return context.body(null, 204);
  });

  routes.delete('/v3/chats/:chatId/typing', (context) => {
    const chat = findTypableChat(context);
    if (chat instanceof Response) return chat;
    // That 204 is also the answer when nothing was typing is our guess.
    linq.stopTyping(chat);
    return context.body(null, 204);
  });

  routes.post('/v3/chats/:chatId/messages', async (context) => {
    const chat = findReadyChat(context);
    if (chat instanceof Response) return chat;
    let body: unknown;
    try {
      body = await context.req.json();
    } catch {
      return refuse(context, 1003);
    }
    const message = readLinqMessage(body);
    if ('refusedWith' in message) return refuse(context, message.refusedWith);
    const sent = linq.addMessage(chat, message.parts);
    // The SDK gives the shape but not the status; 202 because delivery is still pending.
    return context.json(linqMessageSentBody(chat, sent), 202);
  });

  routes.get('/v3/chats/:chatId/messages', (context) => {
    const chat = findChat(context);
    if (chat instanceof Response) return chat;
    const page = readPage(context.req.query());
    if (page === null) return refuse(context, 1005);
    return context.json(linqMessageListBody(chat, linq.messages(chat), page));
  });

  routes.get('/v3/chats/:chatId', (context) => {
    const chat = findChat(context);
    return chat instanceof Response ? chat : context.json(linqChatBody(chat));
  });

  routes.route('/v3', linqWebhookRoutes(linq, refuse));
  routes.all('*', (context) => refuse(context, 2001));
  return routes;
}
