import { randomUUID } from 'node:crypto';

import { APIError, LinqAPIV3 } from '@linqapp/sdk';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator } from '../src/index.ts';
import { callLinq } from './vendor-calls.ts';
import { startReceiver } from './webhook-receiver.ts';

let simulator: Simulator;
let client: LinqAPIV3;

const target = 'https://hooks.example.com/linq?version=2026-02-03';

beforeEach(async () => {
  simulator = await startSimulator({ speed: 0, linq: { apiKeys: ['ours', 'theirs'] } });
  client = clientOf('ours');
});
afterEach(async () => {
  await simulator.close();
});

function clientOf(apiKey: string): LinqAPIV3 {
  return new LinqAPIV3({ apiKey, baseURL: simulator.linq.baseUrl, maxRetries: 0, logLevel: 'off' });
}

/** Status and vendor code of what the SDK threw. */
async function refusal(attempt: Promise<unknown>): Promise<unknown> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof APIError)) throw new Error('The SDK gave no API error.');
  // The SDK does not type it: the whole body as parsed.
  const body = error.error as { error: { code: number } };
  return [error.status, body.error.code];
}

describe('The messages of a chat, read by the official SDK', () => {
  it('are listed with who wrote them, when, and over which service', async () => {
    const { chatId } = simulator.linq.createConversation({
      lastSentAgoMs: 60_000,
      lastReceivedAgoMs: null,
    });
    simulator.linq.changeConversation(chatId, { service: 'SMS' });
    simulator.linq.receiveMessage(chatId);
    const { messages } = await client.chats.messages.list(chatId);
    const nowMs = simulator.clock.now();
    expect(messages).toMatchObject([
      {
        chat_id: chatId,
        is_from_me: false,
        service: 'SMS',
        created_at: new Date(nowMs).toISOString(),
        delivery_status: 'received',
        from_handle: { is_me: false },
      },
      {
        is_from_me: true,
        service: 'iMessage',
        created_at: new Date(nowMs - 60_000).toISOString(),
        delivery_status: 'delivered',
        from_handle: { is_me: true },
      },
    ]);
  });

  it('are read as soon as the person opens Messages, if they are ours', async () => {
    const { chatId } = simulator.linq.createConversation();
    const readOf = async (): Promise<unknown[]> =>
      (await client.chats.messages.list(chatId)).messages.map(
        ({ is_from_me: isOurs, is_read: isRead, read_at: at, delivery_status: status }) =>
          ({ isOurs, isRead, at, status }) as const,
      );
    const theirs = { isOurs: false, isRead: false, at: null, status: 'received' };
    const unread = { isOurs: true, isRead: false, at: null, status: 'delivered' };
    expect(await readOf()).toEqual([unread, theirs]);
    simulator.clock.advance(1000);
    simulator.linq.openMessages(chatId);
    const at = new Date(simulator.clock.now()).toISOString();
    const read = { isOurs: true, isRead: true, at, status: 'read' };
    expect(await readOf()).toEqual([read, theirs]);
    simulator.clock.advance(1000);
    simulator.linq.sendMessage(chatId);
    expect(await readOf()).toEqual([unread, read, theirs]);
    simulator.clock.advance(1000);
    simulator.linq.openMessages(chatId);
    expect(await readOf()).toMatchObject([{ isRead: true }, read, theirs]);
  });

  it('come page by page, newest first or oldest first', async () => {
    const { chatId } = simulator.linq.createConversation({
      lastSentAgoMs: null,
      lastReceivedAgoMs: null,
    });
    const sent: string[] = [];
    for (const value of ['one', 'two', 'three']) {
      simulator.clock.advance(1000);
      const message = { parts: [{ type: 'text' as const, value }] };
      sent.push((await client.chats.messages.send(chatId, { message })).message.id);
    }
    const listed: string[] = [];
    for await (const { id } of client.chats.messages.list(chatId, { limit: 1 })) listed.push(id);
    expect(listed).toEqual(sent.toReversed());
    simulator.linq.configure({ messageOrder: 'oldest-first' });
    const page = await client.chats.messages.list(chatId, { limit: 2 });
    expect(page.messages.map(({ id }) => id)).toEqual(sent.slice(0, 2));
    expect(page.next_cursor).toBe('2');
  });

  it('can be read of a chat that was left, and not of a foreign one', async () => {
    const left = simulator.linq.createConversation({ state: 'left' });
    expect((await client.chats.messages.list(left.chatId)).messages).toHaveLength(2);
    const foreign = simulator.linq.createConversation({ apiKey: 'theirs' });
    expect(await refusal(client.chats.messages.list(foreign.chatId))).toEqual([403, 2005]);
    expect(await refusal(client.chats.messages.list(randomUUID()))).toEqual([404, 2001]);
    expect(await refusal(client.chats.messages.list(left.chatId, { limit: 101 }))).toEqual([
      400, 1005,
    ]);
  });

  it('can fail like everything else', async () => {
    const { chatId } = simulator.linq.createConversation();
    simulator.faults.add({ kind: 'status', status: 503, method: 'GET', path: '/messages' });
    expect((await client.chats.retrieve(chatId)).id).toBe(chatId);
    await expect(client.chats.messages.list(chatId)).rejects.toMatchObject({ status: 503 });
  });

  it('are dated by the same clock as the answer', async () => {
    simulator.clock.advance(86_400_000);
    const { chatId } = simulator.linq.createConversation();
    const { response } = await client.chats.messages.list(chatId).withResponse();
    const date = Date.parse(response.headers.get('date') ?? '');
    expect(date).toBe(Math.floor(simulator.clock.now() / 1000) * 1000);
  });
});

describe('Webhook subscriptions, made by the official SDK', () => {
  it('show their secret once', async () => {
    const created = await client.webhookSubscriptions.create({
      target_url: target,
      subscribed_events: ['chat.typing_indicator.started'],
      phone_numbers: ['+15550100000'],
    });
    const { signing_secret: signingSecret, ...subscription } = created;
    expect(() => new Webhook(signingSecret)).not.toThrow();
    expect(subscription).toMatchObject({
      target_url: target,
      subscribed_events: ['chat.typing_indicator.started'],
      phone_numbers: ['+15550100000'],
      is_active: true,
    });
    expect(await client.webhookSubscriptions.retrieve(created.id)).toEqual(subscription);
    expect(await client.webhookSubscriptions.list()).toEqual({ subscriptions: [subscription] });
    const { signingSecret: known } = simulator.linq.webhooks.subscriptions()[0] ?? {};
    expect(known).toBe(signingSecret);
  });

  it('can be changed, but not their secret, and deleted', async () => {
    const { id, created_at: createdAt } = await client.webhookSubscriptions.create({
      target_url: target,
      subscribed_events: ['message.read'],
      phone_numbers: ['+15550100000'],
    });
    simulator.clock.advance(5000);
    const changed = await client.webhookSubscriptions.update(id, {
      is_active: false,
      phone_numbers: [],
      target_url: `${target}&line=1`,
    });
    expect(changed).toEqual({
      id,
      created_at: createdAt,
      updated_at: new Date(simulator.clock.now()).toISOString(),
      is_active: false,
      subscribed_events: ['message.read'],
      target_url: `${target}&line=1`,
      phone_numbers: null,
    });
    await client.webhookSubscriptions.delete(id);
    expect(await refusal(client.webhookSubscriptions.retrieve(id))).toEqual([404, 2010]);
    expect(await refusal(client.webhookSubscriptions.delete(id))).toEqual([404, 2010]);
  });

  it.each([
    ['plain http', { target_url: 'http://127.0.0.1/' }, [400, 1005]],
    ['no URL', { target_url: 'hooks' }, [400, 1005]],
    ['an unknown event', { subscribed_events: ['typing'] }, [400, 1005]],
    ['no event', { subscribed_events: [] }, [400, 1005]],
    ['a number that is not E.164', { phone_numbers: ['555 0100'] }, [400, 1002]],
    ['a field missing', { target_url: undefined }, [400, 1001]],
  ])('are refused with %s', async (_title, change, expected) => {
    const wishes = { target_url: target, subscribed_events: ['message.read'], ...change };
    // What the SDK's types refuse is what is tested.
    const attempt = client.webhookSubscriptions.create(wishes as never);
    expect(await refusal(attempt)).toEqual(expected);
  });

  it('are refused with malformed JSON', async () => {
    const answer = await callLinq(simulator, 'POST', '/v3/webhook-subscriptions', { body: '{' });
    expect(answer).toMatchObject({ status: 400, json: { error: { code: 1003 } } });
  });

  it('need a URL of their own within an account, and are not seen from another', async () => {
    const wishes = { target_url: target, subscribed_events: ['message.read' as const] };
    const { id } = await client.webhookSubscriptions.create(wishes);
    expect(await refusal(client.webhookSubscriptions.create(wishes))).toEqual([409, 2015]);
    await expect(
      client.webhookSubscriptions.update(id, { target_url: target }),
    ).resolves.toMatchObject({ id });
    const theirs = clientOf('theirs');
    expect(await theirs.webhookSubscriptions.list()).toEqual({ subscriptions: [] });
    expect(await refusal(theirs.webhookSubscriptions.retrieve(id))).toEqual([404, 2010]);
    await expect(theirs.webhookSubscriptions.create(wishes)).resolves.toBeDefined();
  });

  it('may go to loopback over http where the settings say so, and are delivered to while active', async () => {
    simulator.linq.configure({ httpTargets: true });
    await using receiver = await startReceiver();
    const { chatId } = simulator.linq.createConversation();
    const { id, signing_secret: secret } = await client.webhookSubscriptions.create({
      target_url: receiver.url,
      subscribed_events: ['chat.typing_indicator.started'],
    });
    simulator.linq.personTypes(chatId, 'started');
    await simulator.linq.webhooks.settled();
    const { body = '', headers = {} } = receiver.received[0] ?? {};
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ data: { chat_id: chatId } });
    await client.webhookSubscriptions.update(id, { is_active: false });
    simulator.linq.personTypes(chatId, 'started');
    await simulator.linq.webhooks.settled();
    expect(receiver.received).toHaveLength(1);
    const elsewhere = { target_url: 'http://example.com/' };
    expect(await refusal(client.webhookSubscriptions.update(id, elsewhere))).toEqual([400, 1005]);
  });

  it('can be of the events that the API lists', async () => {
    const { events, doc_url: docUrl } = await client.webhookEvents.list();
    expect(events).toContain('chat.typing_indicator.started');
    expect(docUrl).toBe('https://docs.linqapp.com/guides/webhooks/events');
    await expect(
      client.webhookSubscriptions.create({ target_url: target, subscribed_events: events }),
    ).resolves.toMatchObject({ subscribed_events: events });
  });
});
