import { Hono } from 'hono';

import { readBody } from '../../control/body.ts';
import * as schemas from './control-schemas.ts';
import type { LinqHandle } from './vendor.ts';

/** The part of the control surface that Linq alone has. */
export function linqControlRoutes(linq: LinqHandle): Hono {
  const routes = new Hono();
  const { webhooks } = linq;

  routes.post('/conversations/:id/open', (context) => {
    linq.openMessages(context.req.param('id'));
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
