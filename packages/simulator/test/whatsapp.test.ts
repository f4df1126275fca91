import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator, WhatsAppChat, WhatsAppChatOptions } from '../src/index.ts';
import { call } from './vendor-calls.ts';
import type { Answer } from './vendor-calls.ts';

const START = Date.UTC(2026, 10, 20, 12);
let simulator: Simulator;
let nowMs: number;

beforeEach(async () => {
  nowMs = START;
  simulator = await startSimulator({ now: () => nowMs });
});
afterEach(async () => {
  await simulator.close();
});

interface Asked {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function post(number: string, body: object, { path, headers }: Asked = {}): Promise<Answer> {
  const { baseUrl, apiKey } = simulator.whatsapp;
  return call(`${baseUrl}${path ?? `/v25.0/${number}/messages`}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(headers ?? { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify({ messaging_product: 'whatsapp', ...body }),
  });
}

function types(
  { target }: Pick<WhatsAppChat, 'target'>,
  asked?: Asked,
  more: object = {},
): Promise<Answer> {
  const typing = {
    status: 'read',
    message_id: target.messageId,
    typing_indicator: { type: 'text' },
  };
  return post(target.phoneNumberId, { ...typing, ...more }, asked);
}

function newestOf(id: string): WhatsAppChat {
  const chat = simulator.whatsapp.conversations().find((one) => one.id === id);
  if (chat === undefined) throw new Error('There is no such chat.');
  return chat;
}

describe('typing on WhatsApp', () => {
  it('shows for 25 seconds, and a repeat changes nothing', async () => {
    const chat = simulator.whatsapp.createConversation();
    expect(await types(chat)).toMatchObject({ status: 200, json: { success: true } });
    nowMs += 20_000;
    expect(await types(chat)).toMatchObject({ status: 200, json: { success: true } });
    nowMs += 60_000;
    expect(simulator.recipientView(chat.id)).toEqual([
      { fromMs: START, toMs: START + 25_000, endedBy: 'expired' },
    ]);
  });

  it('marks the message and all before it as read, and none after it', async () => {
    const { whatsapp } = simulator;
    const first = whatsapp.createConversation();
    whatsapp.receiveMessage(first.id);
    const second = newestOf(first.id);
    whatsapp.receiveMessage(first.id);
    const other = whatsapp.createConversation();
    await types(second);
    expect(whatsapp.unreadMessages(first.id)).toEqual([newestOf(first.id).target.messageId]);
    expect(whatsapp.unreadMessages(other.id)).toHaveLength(1);
  });

  it('goes with a message of the bot to the same person', async () => {
    const { whatsapp } = simulator;
    const chat = whatsapp.createConversation();
    await types(chat);
    nowMs += 1000;
    const { url, ...request } = whatsapp.messageRequest(chat.id, 'Hello');
    expect(await call(url, request)).toMatchObject({
      status: 200,
      json: { contacts: [{ wa_id: chat.from }], messages: [{ id: expect.any(String) }] },
    });
    expect(whatsapp.recipientView(chat.id)).toMatchObject([{ endedBy: 'message' }]);
    expect(simulator.requests().map(({ intent, conversation }) => [intent, conversation])).toEqual([
      ['start', chat.id],
      ['message', chat.id],
    ]);
  });

  it('has a bubble for each person and each number', async () => {
    const { whatsapp } = simulator;
    const from = '16505551234';
    const chat = whatsapp.createConversation({ from });
    const elsewhere = whatsapp.createConversation({ from, phoneNumberId: '7' });
    await types(chat);
    expect([chat.id, elsewhere.id]).toEqual(['106540352242922/16505551234', '7/16505551234']);
    expect(whatsapp.recipientView(chat.id)).toHaveLength(1);
    expect(whatsapp.recipientView(elsewhere.id)).toEqual([]);
  });

  it('shows nothing where a message is only marked as read', async () => {
    const chat = simulator.whatsapp.createConversation();
    await types(chat, {}, { typing_indicator: undefined });
    expect(simulator.whatsapp.unreadMessages(chat.id)).toEqual([]);
    expect(simulator.history(chat.id)).toEqual([]);
  });

  it('is taken in the paths and headers of 360dialog and Kapso, too', async () => {
    const chat = simulator.whatsapp.createConversation();
    const { apiKey } = simulator.whatsapp;
    const dialog = { path: '/messages', headers: { 'd360-api-key': apiKey } };
    const kapso = { headers: { 'x-api-key': apiKey } };
    expect((await types(chat, dialog)).status).toBe(200);
    expect((await types(chat, kapso)).status).toBe(200);
    expect(simulator.history(chat.id)).toHaveLength(2);
    expect(JSON.stringify(simulator.requests())).not.toContain(apiKey);
  });

  it.each<[string, WhatsAppChatOptions['window'], string]>([
    ['after 24 hours', 'closed', 'window-closed'],
    ['to who has blocked the number', 'blocked', 'blocked'],
  ])('is accepted and shows nothing %s', async (_title, window, reason) => {
    const chat = simulator.whatsapp.createConversation();
    simulator.whatsapp.changeConversation(chat.id, { window });
    expect((await types(chat)).status).toBe(200);
    expect(simulator.recipientView(chat.id)).toEqual([]);
    expect(simulator.history(chat.id)).toMatchObject([{ kind: 'start', hiddenBecause: reason }]);
  });
});

describe('what WhatsApp refuses', () => {
  const refusal = (status: number, error: object): object => ({ status, json: { error } });

  it('a message that no person sent, or that is of no number', async () => {
    const chat = simulator.whatsapp.createConversation();
    const own = { message_id: 'wamid.OWN' };
    expect(await types(chat, {}, own)).toMatchObject(refusal(400, { code: 131_009 }));
    const path = '/v25.0/999/messages';
    const missing = refusal(400, { code: 100, error_subcode: 33 });
    expect(await types(chat, { path })).toMatchObject(missing);
  });

  it('another key, and another indicator', async () => {
    const chat = simulator.whatsapp.createConversation();
    const headers = { authorization: 'Bearer another' };
    expect(await types(chat, { headers })).toMatchObject(refusal(401, { code: 190 }));
    const voice = { typing_indicator: { type: 'voice' } };
    expect(await types(chat, {}, voice)).toMatchObject(refusal(400, { code: 100 }));
  });

  it('a message after 24 hours', async () => {
    const chat = simulator.whatsapp.createConversation({ window: 'closed' });
    const { url, ...request } = simulator.whatsapp.messageRequest(chat.id, 'Hello');
    expect(await call(url, request)).toMatchObject(refusal(400, { code: 131_047 }));
  });

  it('more than its limit, for each number', async () => {
    simulator.whatsapp.configure({ rateLimit: { requests: 1, perMs: 10_000 } });
    const chat = simulator.whatsapp.createConversation();
    expect((await types(chat)).status).toBe(200);
    const limited = await types(chat);
    expect(limited).toMatchObject(refusal(429, { code: 130_429 }));
    expect(limited.headers.get('retry-after')).toBe('10');
  });

  it('everything that it documents, on demand', async () => {
    const chat = simulator.whatsapp.createConversation();
    for (const failure of simulator.whatsapp.failures) {
      simulator.faults.add({ kind: 'failure', vendor: 'whatsapp', failure });
      expect((await types(chat)).status).toBeGreaterThanOrEqual(400);
    }
  });
});

it('says how people rate a number, and what a person wrote', async () => {
  const { whatsapp } = simulator;
  const { id, target } = whatsapp.createConversation({ quality: 'RED' });
  const headers = { authorization: `Bearer ${whatsapp.apiKey}` };
  const url = `${whatsapp.baseUrl}/v25.0/${target.phoneNumberId}?fields=quality_rating`;
  expect(await call(url, { headers })).toMatchObject({
    status: 200,
    json: { id: target.phoneNumberId, quality_rating: 'RED' },
  });
  const body = whatsapp.receiveMessage(id, 'Are you there?');
  expect(body).toMatchObject({
    object: 'whatsapp_business_account',
    entry: [
      {
        changes: [
          {
            field: 'messages',
            value: {
              metadata: { phone_number_id: target.phoneNumberId },
              messages: [
                {
                  from: target.from,
                  id: newestOf(id).target.messageId,
                  text: { body: 'Are you there?' },
                },
              ],
            },
          },
        ],
      },
    ],
  });
});
