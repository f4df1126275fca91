import { createHmac, randomUUID } from 'node:crypto';
import { getRequestListener } from '@hono/node-server';
import { beforeEach, describe, expect } from 'vitest';
import {
  patience,
  reply,
  type Stage,
  stopOrMessage,
  test,
  thinkMs,
} from '../../frameworks/test/stage.ts';
import { createBackend } from '../src/backend.ts';
import type { Channel } from '../src/signatures.ts';
import type { Tenant } from '../src/tenants.ts';

const channels = ['imessage', 'line', 'messenger', 'telegram', 'whatsapp'] as const;
const names = ['acme', 'globex'] as const;
type Name = (typeof names)[number];

const base64Key = (name: string): string => Buffer.from(name.padEnd(24, '.')).toString('base64');
const secretOf = (name: string, channel: Channel): string =>
  channel === 'imessage' ? `whsec_${base64Key(name)}` : `${channel}-secret-of-${name}`;

function vendorOf({ simulator }: Stage, channel: Channel) {
  return channel === 'imessage' ? simulator.linq : simulator[channel];
}

/** What a tenant has given. Its name is its key. */
function tenant({ simulator }: Stage, name: Name): Tenant {
  const { linq, line, messenger, telegram, whatsapp } = simulator;
  return {
    imessage: { apiKey: name, baseUrl: linq.baseUrl },
    line: { channelAccessToken: name, baseUrl: line.baseUrl },
    messenger: { accessToken: name, baseUrl: messenger.baseUrl },
    telegram: { botToken: `${name.length}:${name}`, baseUrl: telegram.baseUrl },
    whatsapp: { accessToken: name, baseUrl: whatsapp.baseUrl },
    secrets: Object.fromEntries(
      channels.map((channel) => [channel, secretOf(name, channel)]),
    ) as Tenant['secrets'],
  };
}

/** How a platform signs a webhook. */
function signed(name: Name, channel: Channel, body: string): Record<string, string> {
  const secret = secretOf(name, channel);
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text);
  switch (channel) {
    case 'imessage': {
      const [id, seconds] = [randomUUID(), String(Math.floor(Date.now() / 1000))];
      const key = Buffer.from(base64Key(name), 'base64');
      const signature = hmac(key, `${id}.${seconds}.${body}`).digest('base64');
      return {
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': `v1,${signature}`,
      };
    }
    case 'line':
      return { 'x-line-signature': hmac(secret, body).digest('base64') };
    case 'telegram':
      return { 'x-telegram-bot-api-secret-token': secret };
    case 'messenger':
    case 'whatsapp':
      return { 'x-hub-signature-256': `sha256=${hmac(secret, body).digest('hex')}` };
  }
}

/** Who wrote, as the simulated platform calls their conversation. */
const conversationOf: Readonly<Record<Channel, (target: Record<string, unknown>) => string>> = {
  imessage: ({ chatId }) => String(chatId),
  line: ({ userId }) => String(userId),
  messenger: ({ recipientId }) => String(recipientId),
  telegram: ({ chatId }) => String(chatId),
  whatsapp: ({ phoneNumberId, from }) => `${String(phoneNumberId)}/${String(from)}`,
};

let url: string;
let replies: string[];
beforeEach<{ stage: Stage }>(async ({ stage }) => {
  setKeys(stage, names);
  replies = [];
  const tenants = { acme: tenant(stage, 'acme'), globex: tenant(stage, 'globex') };
  const backend = createBackend(
    tenants,
    {
      think: stage.think,
      async reply(name, channel, target, text) {
        replies.push(`${name} ${channel}`);
        const id = conversationOf[channel]({ ...target });
        const { url: address, ...request } = vendorOf(stage, channel).messageRequest(id, text);
        await fetch(address, request);
      },
    },
    stage.options,
  );
  url = await stage.listen(getRequestListener(backend.fetch));
});

function setKeys(stage: Stage, keys: readonly Name[]): void {
  for (const channel of channels) {
    const apiKeys = keys.map((name) => (channel === 'telegram' ? `${name.length}:${name}` : name));
    vendorOf(stage, channel).configure({ apiKeys });
  }
}

/** A person writes to a tenant. @returns the conversation, and what the platform was answered. */
async function write(stage: Stage, name: Name, channel: Channel, as: Name = name) {
  const apiKey = name;
  const { id } =
    channel === 'imessage'
      ? stage.simulator.linq.createConversation({ apiKey })
      : vendorOf(stage, channel).createConversation();
  const message = { ...vendorOf(stage, channel).receiveMessage(id, `${name} ${channel}`) };
  const body = JSON.stringify(message);
  const headers = { 'content-type': 'application/json', ...signed(as, channel, body) };
  const { status } = await fetch(`${url}/${name}/${channel}`, { method: 'POST', body, headers });
  return { id, channel, status };
}

describe('a backend with two tenants', () => {
  test('types on five channels for each, and replies', async ({ stage }) => {
    const written = [];
    for (const name of names)
      for (const channel of channels) written.push(await write(stage, name, channel));
    expect(written.map(({ status }) => status)).toEqual(written.map(() => 200));
    await expect.poll(() => stage.asked.length, patience).toBe(10);
    for (const { id, channel } of written) {
      expect(await stage.messages(id)).toEqual([thinkMs]);
      expect(vendorOf(stage, channel).recipientView(id), channel).toHaveLength(1);
      expect(stage.seen(id)).toEqual([{ fromMs: 0, toMs: thinkMs, endedBy: stopOrMessage }]);
    }
    expect(replies).toHaveLength(10);
    expect(stage.simulator.requests().at(-1)?.body).toContain(reply);
  });

  test('keeps a tenant whose keys are revoked from silencing the other', async ({ stage }) => {
    setKeys(stage, ['acme']);
    const dark = [];
    for (const channel of channels.filter((one) => one !== 'imessage'))
      dark.push(await write(stage, 'globex', channel));
    const lit = [];
    for (const channel of channels) lit.push(await write(stage, 'acme', channel));
    await expect.poll(() => stage.asked.length, patience).toBe(9);
    for (const { id } of [...dark, ...lit]) expect(await stage.messages(id)).toEqual([thinkMs]);
    for (const { id } of dark) expect(stage.seen(id)).toEqual([]);
    for (const { id } of lit) expect(stage.seen(id)).toMatchObject([{ fromMs: 0, toMs: thinkMs }]);
  });

  test.for(channels)(
    'does not believe what is signed for the other: %s',
    async (channel, { stage }) => {
      const { id, status } = await write(stage, 'acme', channel, 'globex');
      expect(status).toBe(401);
      await stage.pass(1_000);
      expect(stage.asked).toEqual([]);
      expect(stage.seen(id)).toEqual([]);
    },
  );

  test('has no route for anybody else', async () => {
    const response = await fetch(`${url}/initech/telegram`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
  });
});
