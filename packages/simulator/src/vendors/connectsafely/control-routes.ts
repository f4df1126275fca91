import { Hono } from 'hono';

import { readBody } from '../../control/body.ts';
import { accountChange, accountOptions } from './control-schemas.ts';
import type { ConnectSafelyHandle } from './vendor.ts';

/** The part of the control surface that ConnectSafely alone has. */
export function connectSafelyControlRoutes(connectSafely: ConnectSafelyHandle): Hono {
  const routes = new Hono();

  routes.get('/accounts', (context) => context.json({ accounts: connectSafely.accounts() }));
  routes.post('/accounts', async (context) => {
    const { accountId, ...state } = await readBody(context, accountOptions);
    return context.json(connectSafely.createAccount(accountId, state), 201);
  });
  routes.patch('/accounts/:accountId', async (context) =>
    context.json(
      connectSafely.changeAccount(
        context.req.param('accountId'),
        await readBody(context, accountChange),
      ),
    ),
  );
  return routes;
}
