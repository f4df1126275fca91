import { getRequestListener } from '@hono/node-server';
import type { RequestListener } from 'node:http';
import { describe, expect, vi } from 'vitest';
import { createBot as createExpressBot } from '../src/linq-express.ts';
import { createBot as createHonoBot } from '../src/linq-hono.ts';
import { patience, type Stage, test, thinkMs } from './stage.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

const bots: [name: string, make: (think: Stage['think']) => RequestListener][] = [
  ['Hono', (think) => getRequestListener(createHonoBot(think).fetch)],
  ['Express', (think) => createExpressBot(think)],
];

describe.each(bots)('a Linq bot with %s', (_, makeBot) => {
  /** A bot that Linq calls, and a chat with it. */
  async function open(stage: Stage, signingSecret = secret): Promise<string> {
    vi.stubEnv('LINQ_WEBHOOK_SECRET', secret);
    const url = await stage.listen(makeBot(stage.think));
    const { linq } = stage.simulator;
    linq.webhooks.subscribe({ targetUrl: `${url}/linq`, signingSecret });
    return linq.createConversation().chatId;
  }

  test('types from the webhook on, until its reply', async ({ stage }) => {
    const { linq } = stage.simulator;
    const chatId = await open(stage);
    linq.receiveMessage(chatId, 'Where is my order?');
    // The model has not begun to think, and Linq has its answer.
    await linq.webhooks.settled();
    expect(linq.webhooks.deliveries()).toMatchObject([{ status: 200, attempt: 1 }]);
    await stage.pass(0);
    expect(stage.seen(chatId)).toEqual([{ fromMs: 0, toMs: null, endedBy: null }]);

    expect(await stage.messages(chatId)).toEqual([thinkMs]);
    expect(stage.asked).toMatchObject([{ data: { parts: [{ value: 'Where is my order?' }] } }]);
    await stage.pass(5_000);
    expect(stage.seen(chatId)).toEqual([{ fromMs: 0, toMs: thinkMs, endedBy: 'message' }]);
    // One start, one message, and no stop.
    expect(stage.simulator.requests().map(({ intent }) => intent)).toEqual(['start', 'message']);
  });

  test('does not believe what somebody else signed', async ({ stage }) => {
    const { linq } = stage.simulator;
    const chatId = await open(stage, 'whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldCwgMzIgYnl0ZXM=');
    linq.receiveMessage(chatId);
    await expect.poll(() => linq.webhooks.deliveries(), patience).toMatchObject([{ status: 401 }]);
    await stage.pass(1_000);
    expect(stage.asked).toEqual([]);
    expect(stage.seen(chatId)).toEqual([]);
  });
});
