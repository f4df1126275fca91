import { Hono } from 'hono';

import { readBody } from './body.ts';
import * as schemas from './schemas.ts';
import type { LinqVendor } from '../linq/vendor.ts';

/** The part of the control surface that is about Linq. */
export function controlLinqRoutes(linq: LinqVendor): Hono {
  const routes = new Hono();
  const { webhooks } = linq;

  routes.get('/settings', (context) => context.json(linq.settings()));
  routes.patch('/settings', async (context) =>
    context.json(linq.configure(await readBody(context, schemas.anyObject))),
  );
  routes.get('/chats', (context) => context.json({ chats: linq.chats() }));
  routes.post('/chats', async (context) =>
    context.json(linq.createChat(await readBody(context, schemas.chatOptions)), 201),
  );
  routes.patch('/chats/:chatId', async (context) =>
    context.json(
      linq.changeChat(context.req.param('chatId'), await readBody(context, schemas.chatChange)),
    ),
  );
  routes.post('/chats/:chatId/messages', async (context) => {
    const { from } = await readBody(context, schemas.chatMessage);
    if (from === 'us') linq.sendMessage(context.req.param('chatId'));
    else linq.receiveMessage(context.req.param('chatId'));
    return context.body(null, 204);
  });
  routes.post('/chats/:chatId/open', (context) => {
    linq.openMessages(context.req.param('chatId'));
    return context.body(null, 204);
  });
  routes.post('/chats/:chatId/person-types', async (context) => {
    const what = await readBody(context, schemas.personTypes);
    linq.personTypes(context.req.param('chatId'), 'state' in what ? what.state : what);
    return context.body(null, 204);
  });

  routes.get('/webhooks', (context) => context.json({ subscriptions: webhooks.subscriptions() }));
  routes.post('/webhooks', async (context) =>
    context.json(webhooks.subscribe(await readBody(context, schemas.webhookOptions)), 201),
  );
  routes.get('/webhooks/deliveries', (context) =>
    context.json({ deliveries: webhooks.deliveries() }),
  );
  routes.post('/webhooks/events', async (context) => {
    const { eventType, data } = await readBody(context, schemas.webhookEvent);
    return context.json({ eventId: webhooks.send(eventType, data) }, 201);
  });
  routes.post('/webhooks/events/:eventId/redeliver', (context) => {
    webhooks.redeliver(context.req.param('eventId'));
    return context.body(null, 204);
  });
  routes.post('/webhooks/hold', (context) => {
    webhooks.hold();
    return context.body(null, 204);
  });
  routes.post('/webhooks/release', async (context) => {
    webhooks.release((await readBody(context, schemas.webhookRelease)).order);
    return context.body(null, 204);
  });
  routes.post('/webhooks/settle', async (context) => {
    await webhooks.settled();
    return context.body(null, 204);
  });
  return routes;
}
