import { Hono } from 'hono';

import type { ConnectSafelyVendor } from '../connectsafely/vendor.ts';
import { readBody } from './body.ts';
import * as schemas from './schemas.ts';

/** The part of the control surface that is about ConnectSafely. */
export function controlConnectSafelyRoutes(connectsafely: ConnectSafelyVendor): Hono {
  const routes = new Hono();

  routes.get('/settings', (context) => context.json(connectsafely.settings()));
  routes.patch('/settings', async (context) =>
    context.json(connectsafely.configure(await readBody(context, schemas.anyObject))),
  );
  routes.get('/accounts', (context) => context.json({ accounts: connectsafely.accounts() }));
  routes.post('/accounts', async (context) => {
    const { accountId, ...state } = await readBody(context, schemas.accountOptions);
    return context.json(connectsafely.createAccount(accountId, state), 201);
  });
  routes.patch('/accounts/:accountId', async (context) =>
    context.json(
      connectsafely.changeAccount(
        context.req.param('accountId'),
        await readBody(context, schemas.accountChange),
      ),
    ),
  );
  routes.get('/conversations', (context) =>
    context.json({ conversations: connectsafely.conversations() }),
  );
  routes.post('/conversations', async (context) =>
    context.json(
      connectsafely.createConversation(await readBody(context, schemas.conversationOptions)),
      201,
    ),
  );
  routes.post('/messages', async (context) => {
    connectsafely.sendMessage(
      (await readBody(context, schemas.conversationReference)).conversationUrn,
    );
    return context.body(null, 204);
  });
  return routes;
}
