import { Hono } from 'hono';
import type { Context } from 'hono';

import { isBubbleVisible } from '../recipient/bubble.ts';
import { readBody } from './body.ts';
import { controlConnectSafelyRoutes } from './connectsafely-routes.ts';
import { controlLinqRoutes } from './linq-routes.ts';
import { eventStream } from './events.ts';
import * as schemas from './schemas.ts';
import { faultSchema } from '../faults/fault-schema.ts';
import { checkInput } from '../input.ts';
import type { Simulator } from '../simulator-interface.ts';

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
  routes.get('/events', (context) => eventStream(simulator, context));
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
    clock.setSpeed((await readBody(context, schemas.clockSpeed)).speed);
    return context.json(time());
  });
  routes.post('/clock/advance', async (context) => {
    clock.advance((await readBody(context, schemas.clockAdvance)).milliseconds);
    return context.json(time());
  });

  routes.get('/faults', (context) => context.json({ faults: faults.list() }));
  routes.post('/faults', async (context) =>
    context.json({ id: faults.add(await readBody(context, faultSchema)) }, 201),
  );
  routes.delete('/faults', (context) => {
    faults.clear();
    return context.body(null, 204);
  });
  routes.delete('/faults/:id', (context) =>
    context.body(null, faults.remove(context.req.param('id')) ? 204 : 404),
  );

  routes.route('/linq', controlLinqRoutes(linq));
  routes.route('/connectsafely', controlConnectSafelyRoutes(connectsafely));
  routes.all('*', (context) =>
    context.json({ error: 'The control surface has no such route; the README lists them.' }, 404),
  );
  routes.onError((error, context) => context.json({ error: error.message }, 400));
  return routes;
}

function conversationIn(context: Context): { conversation: string } {
  return checkInput(schemas.conversationQuery, context.req.query(), 'The query');
}
