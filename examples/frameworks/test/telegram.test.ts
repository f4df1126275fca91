import { getRequestListener } from '@hono/node-server';
import { describe, expect, vi } from 'vitest';
import { createBot } from '../src/chat-sdk.ts';
import { createWebhook as createGrammyWebhook } from '../src/grammy.ts';
import { createWebhook as createTelegrafWebhook } from '../src/telegraf.ts';
import { reply, type Stage, test, thinkMs } from './stage.ts';

const bots: [
  name: string,
  make: (think: Stage['think']) => ReturnType<typeof createGrammyWebhook>,
][] = [
  ['grammY', createGrammyWebhook],
  ['Telegraf', createTelegrafWebhook],
  [
    'the Chat SDK',
    (think) => {
      const { webhooks } = createBot(think);
      return getRequestListener((request) => webhooks.telegram(request, { waitUntil() {} }));
    },
  ],
];

describe.each(bots)('a bot on Telegram with %s', (name, makeWebhook) => {
  /** A bot that Telegram calls, and what a person writes to it. */
  async function open(stage: Stage, secret = 'secret'): Promise<{ id: string; status: number }> {
    vi.stubEnv('TELEGRAM_WEBHOOK_SECRET_TOKEN', 'secret');
    const { telegram } = stage.simulator;
    const url = await stage.listen(makeWebhook(stage.think));
    const { id } = telegram.createConversation();
    const { status } = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-telegram-bot-api-secret-token': secret,
      },
      body: JSON.stringify(telegram.receiveMessage(id, 'Where is my order?')),
    });
    return { id, status };
  }

  test('answers the webhook at once, and types until its reply', async ({ stage }) => {
    const { id, status } = await open(stage);
    expect(status).toBe(200);
    expect(await stage.messages(id)).toEqual([thinkMs]);
    expect(stage.asked).toEqual(['Where is my order?']);
    await stage.pass(6_000);
    expect(stage.seen(id)).toEqual([{ fromMs: 0, toMs: thinkMs, endedBy: 'message' }]);
    const sent = stage.simulator.requests({ vendor: 'telegram' }).at(-1);
    expect(sent?.body).toContain(reply);
  });

  test('replies all the same while typing fails', async ({ stage }) => {
    stage.simulator.faults.add({
      kind: 'failure',
      vendor: 'telegram',
      failure: 'rate-limited',
      intents: ['start'],
      times: 'forever',
    });
    const { id } = await open(stage);
    expect(await stage.messages(id)).toEqual([thinkMs]);
    expect(stage.events).toContainEqual(expect.objectContaining({ type: 'failed' }));
  });

  test('does not believe a webhook without the secret', async ({ stage }) => {
    const { status } = await open(stage, 'guessed');
    expect(status, name).toBeGreaterThanOrEqual(400);
    await stage.pass(1_000);
    expect(stage.asked).toEqual([]);
    expect(stage.simulator.requests().filter(({ intent }) => intent === 'start')).toEqual([]);
  });
});
