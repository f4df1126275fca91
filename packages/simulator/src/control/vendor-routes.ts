import { Hono } from 'hono';
import { z } from 'zod';

import type { StartedVendor } from '../vendors/start-vendor.ts';
import { readBody } from './body.ts';
import * as schemas from './schemas.ts';

const nothing = z.strictObject({});

/** What every vendor can be told, and what one of them can be told on top. */
export function vendorControlRoutes({ row, simulated, control }: StartedVendor): Hono {
  const routes = new Hono();

  routes.get('/settings', (context) => context.json(simulated.settings()));
  routes.patch('/settings', async (context) =>
    context.json(simulated.configure(await readBody(context, schemas.anyObject))),
  );
  routes.get('/conversations', (context) =>
    context.json({ conversations: simulated.conversations() }),
  );
  routes.post('/conversations', async (context) =>
    context.json(
      simulated.createConversation(await readBody(context, row.conversationOptions)),
      201,
    ),
  );
  routes.patch('/conversations/:id', async (context) => {
    const change = await readBody(context, row.conversationChange ?? nothing);
    return context.json(simulated.changeConversation?.(context.req.param('id'), change) ?? {});
  });
  routes.post('/conversations/:id/messages', async (context) => {
    const { from, text } = await readBody(context, schemas.message);
    const id = context.req.param('id');
    if (from === 'them') return context.json({ inbound: simulated.receiveMessage(id, text) });
    simulated.sendMessage(id);
    return context.json({ inbound: null });
  });
  routes.post('/conversations/:id/person-types', async (context) => {
    const what = schemas.asPersonTypes(await readBody(context, schemas.personTypes));
    if (simulated.personTypes === undefined) {
      throw new Error(`${simulated.name} tells nobody that a person types.`);
    }
    return context.json({ inbound: simulated.personTypes(context.req.param('id'), what) });
  });
  if (control !== undefined) routes.route('/', control);
  return routes;
}
