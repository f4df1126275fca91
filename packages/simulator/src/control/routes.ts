import { Hono } from 'hono';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';

import { isBubbleVisible } from '../bubbles/bubble.ts';
import { faultSchema } from '../faults/fault-schema.ts';
import { checkInput } from '../input.ts';
import type { ConversationFact } from '../bubbles/bubble.ts';
import type { Simulator } from '../simulator-interface.ts';
import { addressesOf } from '../simulator-interface.ts';
import type { StartedVendor } from '../vendors/start-vendor.ts';
import { readBody } from './body.ts';
import { eventStream } from './events.ts';
import * as schemas from './schemas.ts';
import { vendorControlRoutes } from './vendor-routes.ts';

/** Everything a `Simulator` does, over HTTP. What it refuses is answered 4xx with a sentence in `error`. */
export function controlRoutes(simulator: Simulator, vendors: readonly StartedVendor[]): Hono {
  const routes = new Hono();
  const { clock, faults } = simulator;

  const time = (): { nowMs: number; speed: number } => ({
    nowMs: clock.now(),
    speed: clock.speed(),
  });

  const factsIn = (
    context: Context,
  ): { facts: readonly ConversationFact[]; intervals: readonly object[] } => {
    const query = checkInput(schemas.conversationQuery, context.req.query(), 'The query');
    const { conversation, vendor } = query;
    const of = vendor === undefined ? simulator : simulator.vendors[vendor];
    return { facts: of.history(conversation), intervals: of.recipientView(conversation) };
  };

  routes.get('/', (context) => context.json({ ...addressesOf(simulator), ...time() }));
  routes.get('/events', (context) => eventStream(simulator, context));
  routes.post('/reset', (context) => {
    simulator.reset();
    return context.body(null, 204);
  });

  routes.get('/requests', (context) => {
    const filter = checkInput(schemas.requestFilter, context.req.query(), 'The query');
    const dropped = simulator.droppedRequests();
    return context.json({ requests: simulator.requests(filter), dropped });
  });
  routes.delete('/requests', (context) => {
    simulator.forgetRequests();
    return context.body(null, 204);
  });

  routes.get('/view', (context) => {
    const { facts, intervals } = factsIn(context);
    const nowMs = clock.now();
    return context.json({ nowMs, visible: isBubbleVisible(facts, nowMs), intervals });
  });
  routes.get('/history', (context) => context.json({ facts: factsIn(context).facts }));

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
    faults.remove(context.req.param('id'))
      ? context.body(null, 204)
      : context.json({ error: `There is no fault ${context.req.param('id')}.` }, 404),
  );

  for (const vendor of vendors) routes.route(`/${vendor.name}`, vendorControlRoutes(vendor));
  routes.all('*', (context) =>
    context.json({ error: 'The control surface has no such route; the README lists them.' }, 404),
  );
  routes.onError((error, context) =>
    context.json({ error: error.message }, error instanceof HTTPException ? error.status : 400),
  );
  return routes;
}
