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

describe.each(bots)('a Linq bot with %s', (name, makeBot) => {
  /** A bot that Linq calls, and a chat with it. */
  async function open(
    stage: Stage,
    signingSecret = secret,
    service: 'iMessage' | 'SMS' = 'iMessage',
  ): Promise<string> {
    vi.stubEnv('LINQ_WEBHOOK_SECRET', secret);
    const url = await stage.listen(makeBot(stage.think));
    const { linq } = stage.simulator;
    linq.webhooks.subscribe({ targetUrl: `${url}/linq`, signingSecret });
    return linq.createConversation({ service }).chatId;
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

  test('replies over SMS, where nothing shows, and asks for nothing', async ({ stage }) => {
    const chatId = await open(stage, secret, 'SMS');
    stage.simulator.linq.receiveMessage(chatId, 'Where is my order?');
    await expect.poll(() => stage.asked, patience).toHaveLength(1);
    // With Express a message says that the bot thinks.
    const replies = name === 'Express' ? [0, thinkMs] : [thinkMs];
    expect(await stage.messages(chatId, replies.length)).toEqual(replies);
    expect(stage.seen(chatId)).toEqual([]);
    const intents = stage.simulator.requests().map(({ intent }) => intent);
    expect(new Set(intents)).toEqual(new Set(['message']));
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
