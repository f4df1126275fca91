import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { startBot } from './bot.ts';

const bot = startBot(async () => {
  await wait(20_000); // Your model.
  return 'I have thought about it.';
});
const server = serve({ fetch: bot.fetch, port: 3000 });
process.once('SIGTERM', () => {
  server.close();
  void bot.close();
});
