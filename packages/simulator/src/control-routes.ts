import { Hono } from 'hono';
import type { Context } from 'hono';
import type { z } from 'zod';

import { isBubbleVisible } from './bubble.ts';
import * as schemas from './control-schemas.ts';
import { faultSchema } from './fault-schema.ts';
import { checkInput } from './input.ts';
import type { Simulator } from './simulator.ts';

/** Everything a `Simulator` does, over HTTP. What it refuses is answered 400 with a sentence in `error`. */
export function controlRoutes(simulator: Simulator): Hono {
  const routes = new Hono();
  const { clock, connectsafely, faults, linq } = simulator;

  const time = (): { nowMs: number; speed: number } => ({
    nowMs: clock.now(),
    speed: clock.speed(),
  });

  routes.get('/', (context) =>
    context.json({
      url: simulator.url,
      controlUrl: simulator.controlUrl,
      ...time(),
      linq: { baseUrl: linq.baseUrl, apiKey: linq.apiKey },
      connectsafely: { baseUrl: connectsafely.baseUrl, apiKey: connectsafely.apiKey },
    }),
  );
  routes.post('/reset', (context) => {
    simulator.reset();
    return context.body(null, 204);
  });

  routes.get('/requests', (context) => {
    const filter = checkInput(schemas.requestFilter, context.req.query(), 'The query');
    return context.json({ requests: simulator.requests(filter) });
  });
  routes.delete('/requests', (context) => {
    simulator.forgetRequests();
    return context.body(null, 204);
  });

  routes.get('/view', (context) => {
    const { conversation } = conversationIn(context);
    return context.json({
      nowMs: clock.now(),
      visible: isBubbleVisible(simulator.history(conversation), clock.now()),
      intervals: simulator.recipientView(conversation),
    });
  });
  routes.get('/history', (context) => {
    const { conversation } = conversationIn(context);
    return context.json({ facts: simulator.history(conversation) });
  });

  routes.get('/clock', (context) => context.json(time()));
  routes.put('/clock', async (context) => {
    clock.setSpeed((await input(context, schemas.clockSpeed)).speed);
    return context.json(time());
  });
  routes.post('/clock/advance', async (context) => {
    clock.advance((await input(context, schemas.clockAdvance)).milliseconds);
    return context.json(time());
  });

  routes.get('/faults', (context) => context.json({ faults: faults.list() }));
  routes.post('/faults', async (context) =>
    context.json({ id: faults.add(await input(context, faultSchema)) }, 201),
  );
  routes.delete('/faults', (context) => {
    faults.clear();
    return context.body(null, 204);
  });
  routes.delete('/faults/:id', (context) =>
    context.body(null, faults.remove(context.req.param('id')) ? 204 : 404),
  );

  routes.get('/linq/settings', (context) => context.json(linq.settings()));
  routes.patch('/linq/settings', async (context) =>
    context.json(linq.configure(await input(context, schemas.anyObject))),
  );
  routes.get('/linq/chats', (context) => context.json({ chats: linq.chats() }));
  routes.post('/linq/chats', async (context) =>
    context.json(linq.createChat(await input(context, schemas.chatOptions)), 201),
  );
  routes.patch('/linq/chats/:chatId', async (context) =>
    context.json(
      linq.changeChat(context.req.param('chatId'), await input(context, schemas.chatChange)),
    ),
  );
  routes.post('/linq/chats/:chatId/messages', async (context) => {
    const { from } = await input(context, schemas.chatMessage);
    if (from === 'us') linq.sendMessage(context.req.param('chatId'));
    else linq.receiveMessage(context.req.param('chatId'));
    return context.body(null, 204);
  });
  routes.post('/linq/chats/:chatId/open', (context) => {
    linq.openMessages(context.req.param('chatId'));
    return context.body(null, 204);
  });

  routes.get('/connectsafely/settings', (context) => context.json(connectsafely.settings()));
  routes.patch('/connectsafely/settings', async (context) =>
    context.json(connectsafely.configure(await input(context, schemas.anyObject))),
  );
  routes.get('/connectsafely/accounts', (context) =>
    context.json({ accounts: connectsafely.accounts() }),
  );
  routes.post('/connectsafely/accounts', async (context) => {
    const { accountId } = await input(context, schemas.accountOptions);
    return context.json(connectsafely.createAccount(accountId), 201);
  });
  routes.get('/connectsafely/conversations', (context) =>
    context.json({ conversations: connectsafely.conversations() }),
  );
  routes.post('/connectsafely/conversations', async (context) =>
    context.json(
      connectsafely.createConversation(await input(context, schemas.conversationOptions)),
      201,
    ),
  );
  routes.post('/connectsafely/messages', async (context) => {
    connectsafely.sendMessage(
      (await input(context, schemas.conversationReference)).conversationUrn,
    );
    return context.body(null, 204);
  });

  routes.all('*', (context) =>
    context.json({ error: 'The control surface has no such route; the README lists them.' }, 404),
  );
  routes.onError((error, context) => context.json({ error: error.message }, 400));
  return routes;
}

function conversationIn(context: Context): { conversation: string } {
  return checkInput(schemas.conversationQuery, context.req.query(), 'The query');
}

/** No body is an empty object, so that a bare `POST` makes a default chat. */
async function input<Value>(context: Context, schema: z.ZodType<Value>): Promise<Value> {
  const text = await context.req.text();
  return checkInput(schema, text === '' ? {} : JSON.parse(text), 'The body');
}
