import { createHmac } from 'node:crypto';

import { LinqAPIV3 } from '@linqapp/sdk';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { LinqWebhookOptions, Simulator, SimulatorEvent } from '../src/index.ts';
import { startReceiver } from './webhook-receiver.ts';
import type { ReceivedWebhook, WebhookReceiver } from './webhook-receiver.ts';

let simulator: Simulator;
let receiver: WebhookReceiver;
let chatId: string;
let secret: string;

beforeEach(async () => {
  simulator = await startSimulator({ speed: 0 });
  receiver = await startReceiver();
  ({ chatId } = simulator.linq.createConversation());
  ({ signingSecret: secret } = simulator.linq.webhooks.subscribe({ targetUrl: receiver.url }));
});
afterEach(async () => {
  await simulator.close();
  await receiver[Symbol.asyncDispose]();
});

/** The person types, and everything that comes of it now is over. */
async function personTypes(state: 'started' | 'stopped' = 'started'): Promise<void> {
  simulator.linq.personTypes(chatId, state);
  await simulator.linq.webhooks.settled();
}

function last(): ReceivedWebhook {
  const webhook = receiver.received.at(-1);
  if (webhook === undefined) throw new Error('Nothing was received.');
  return webhook;
}

function states(): string[] {
  return receiver.received.map(({ event }) => event.event_type.replace(/.*\./, ''));
}

describe('A webhook of the simulated Linq', () => {
  it('is verified by the library of Standard Webhooks', async () => {
    await personTypes();
    const { headers, body } = last();
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ data: { chat_id: chatId } });
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow(WebhookVerificationError);
  });

  it('is unwrapped by the official SDK', async () => {
    await personTypes('stopped');
    const { headers, body } = last();
    const { webhooks } = new LinqAPIV3({ apiKey: 'any', webhookSecret: secret, logLevel: 'off' });
    expect(webhooks.unwrap(body, { headers })).toMatchObject({
      event_type: 'chat.typing_indicator.stopped',
      data: { chat_id: chatId },
    });
  });

  it('has the legacy signature, too: hexadecimal, without the id, with the whole secret as key', async () => {
    await personTypes();
    const { headers, body } = last();
    const timestamp = headers['x-webhook-timestamp'] ?? '';
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-webhook-event': 'chat.typing_indicator.started',
      'x-webhook-subscription-id': simulator.linq.webhooks.subscriptions()[0]?.id,
      'x-webhook-signature': signature,
      'webhook-timestamp': timestamp,
    });
  });

  it.each([
    ['standard', 'webhook-signature', 'x-webhook-signature'],
    ['legacy', 'x-webhook-signature', 'webhook-signature'],
  ] as const)('can have the %s signature alone', async (webhookSignatures, present, absent) => {
    simulator.linq.configure({ webhookSignatures });
    await personTypes();
    expect(last().headers[present]).toBeDefined();
    expect(last().headers[absent]).toBeUndefined();
  });

  it.each([
    ['', '2026-02-03'],
    ['?version=2025-01-01', '2025-01-01'],
    ['?version=2026-02-03', '2026-02-03'],
    ['?version=2031-01-01', '2026-02-03'],
  ])('asked for with %j is of the version %s', async (query, version) => {
    const targetUrl = `${receiver.url}/other${query}`;
    simulator.linq.webhooks.subscribe({ targetUrl });
    await personTypes();
    expect(last().event).toEqual({
      api_version: 'v3',
      webhook_version: version,
      event_type: 'chat.typing_indicator.started',
      event_id: last().headers['webhook-id'],
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      trace_id: expect.stringMatching(/^[\da-f]{32}$/),
      partner_id: expect.any(String),
      data: { chat_id: chatId },
    });
  });

  it('goes by the time of the machine, so that a receiver does not refuse it', async () => {
    simulator.clock.advance(86_400_000);
    await personTypes();
    const { headers, body } = last();
    expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
    expect(Math.abs(Date.parse(String(last().event['created_at'])) - Date.now())).toBeLessThan(
      60_000,
    );
  });

  it('can go by simulated time', async () => {
    simulator.linq.configure({ webhookTime: 'simulated' });
    simulator.clock.advance(86_400_000);
    await personTypes();
    const nowMs = simulator.clock.now();
    expect(last().event['created_at']).toBe(new Date(nowMs).toISOString());
    expect(last().headers['webhook-timestamp']).toBe(String(Math.floor(nowMs / 1000)));
  });

  it('can be about anything', async () => {
    const eventId = simulator.linq.webhooks.send('message.read', { anything: [1] });
    await simulator.linq.webhooks.settled();
    expect(last().event).toMatchObject({ event_id: eventId, data: { anything: [1] } });
  });
});

describe('A message that comes in', () => {
  it('is unwrapped by the official SDK, and is the answer of `receiveMessage`', async () => {
    const inbound = simulator.linq.receiveMessage(chatId, 'Are you there?');
    await simulator.linq.webhooks.settled();
    const { headers, body } = last();
    expect(JSON.parse(body)).toEqual(inbound);
    const { webhooks } = new LinqAPIV3({ apiKey: 'any', webhookSecret: secret, logLevel: 'off' });
    expect(webhooks.unwrap(body, { headers })).toMatchObject({
      event_type: 'message.received',
      webhook_version: '2026-02-03',
      data: {
        chat: { id: chatId, is_group: false, owner_handle: { is_me: true } },
        direction: 'inbound',
        parts: [{ type: 'text', value: 'Are you there?' }],
        sender_handle: { is_me: false },
        service: 'iMessage',
        sent_at: new Date(simulator.clock.now()).toISOString(),
        read_at: null,
      },
    });
  });

  it('is told over SMS as well, unlike typing', async () => {
    simulator.linq.changeConversation(chatId, { service: 'SMS' });
    simulator.linq.receiveMessage(chatId);
    await simulator.linq.webhooks.settled();
    expect(last().event).toMatchObject({ data: { service: 'SMS' } });
  });

  it('is the answer also where nobody is subscribed, and none in a chat that was left', async () => {
    simulator.reset();
    ({ chatId } = simulator.linq.createConversation());
    expect(simulator.linq.receiveMessage(chatId)).toMatchObject({
      data: { chat: { id: chatId }, parts: [{ value: 'Hello' }] },
    });
    simulator.linq.changeConversation(chatId, { state: 'left' });
    expect(simulator.linq.receiveMessage(chatId)).toBeNull();
    expect(simulator.linq.webhooks.deliveries()).toEqual([]);
  });
});

describe('A person who types on the other side', () => {
  it('is heard of as they begin and cease, in this order', async () => {
    simulator.linq.personTypes(chatId, 'started');
    simulator.linq.personTypes(chatId, 'stopped');
    await simulator.linq.webhooks.settled();
    expect(states()).toEqual(['started', 'stopped']);
    expect(receiver.mostAtOnce()).toBe(1);
  });

  it('can type for a while', async () => {
    simulator.linq.personTypes(chatId, { forMs: 5000 });
    simulator.clock.advance(4999);
    await simulator.linq.webhooks.settled();
    expect(states()).toEqual(['started']);
    simulator.clock.advance(1);
    await simulator.linq.webhooks.settled();
    expect(states()).toEqual(['started', 'stopped']);
  });

  it('ceases once, whatever was planned before', async () => {
    simulator.linq.personTypes(chatId, { forMs: 5000 });
    simulator.linq.personTypes(chatId, 'stopped');
    simulator.clock.advance(60_000);
    await simulator.linq.webhooks.settled();
    expect(states()).toEqual(['started', 'stopped']);
  });

  it.each([{ service: 'SMS' }, { service: 'RCS' }, { state: 'left' }] as const)(
    'is not heard of in a chat that is %j',
    async (options) => {
      const other = simulator.linq.createConversation(options);
      simulator.linq.personTypes(other.chatId, 'started');
      await simulator.linq.webhooks.settled();
      expect(states()).toEqual([]);
    },
  );

  it('must be in a chat that exists', () => {
    expect(() => {
      simulator.linq.personTypes('nobody', 'started');
    }).toThrow('no chat nobody');
  });

  it.each<[string, Omit<LinqWebhookOptions, 'targetUrl'>, boolean]>([
    ['of all events', {}, true],
    ['of this event', { subscribedEvents: ['chat.typing_indicator.started'] }, true],
    ['of another event', { subscribedEvents: ['message.read'] }, false],
    ['of our line', { phoneNumbers: ['+15550100000'] }, true],
    ['of another line', { phoneNumbers: ['+15550100009'] }, false],
    ['of another account', { apiKey: 'theirs' }, false],
  ])('is told to a subscriber %s or not', async (_title, options, isTold) => {
    const other = await startReceiver();
    simulator.linq.webhooks.subscribe({ ...options, targetUrl: other.url });
    await personTypes();
    expect(other.received).toHaveLength(isTold ? 1 : 0);
    await other[Symbol.asyncDispose]();
  });

  it('is told to observers, and so is the delivery', async () => {
    const events: SimulatorEvent[] = [];
    simulator.observe((event) => events.push(event));
    await personTypes();
    const atMs = simulator.clock.now();
    expect(events).toEqual([
      { kind: 'person', atMs, vendor: 'linq', conversation: chatId, state: 'started' },
      { kind: 'delivery', atMs, delivery: simulator.linq.webhooks.deliveries()[0] },
    ]);
  });
});

describe('A delivery', () => {
  /** Lets time pass until nothing is left to be sent again, and answers when that was, in seconds after the first. */
  async function allAttempts(): Promise<number[]> {
    for (;;) {
      const { nextAttemptAtMs = null } = simulator.linq.webhooks.deliveries().at(-1) ?? {};
      if (nextAttemptAtMs === null) break;
      simulator.clock.advance(nextAttemptAtMs - simulator.clock.now());
      await simulator.linq.webhooks.settled();
    }
    const deliveries = simulator.linq.webhooks.deliveries();
    return deliveries.map(({ atMs }) => (atMs - (deliveries[0]?.atMs ?? 0)) / 1000);
  }

  it('that fails is sent again ten times, ever more slowly, over about 25 minutes', async () => {
    receiver.answers.push(...Array<number>(20).fill(500));
    await personTypes();
    const times = await allAttempts();
    expect(times).toEqual([0, 1.5, 4.5, 10.5, 22.5, 46.5, 94.5, 190.5, 382.5, 766.5, 1534.5]);
    expect(simulator.linq.webhooks.deliveries().at(-1)).toMatchObject({
      attempt: 11,
      status: 500,
      nextAttemptAtMs: null,
    });
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
  });

  it.each([429, 500, 503])('answered %i is sent again until it arrives', async (status) => {
    receiver.answers.push(status, status);
    await personTypes();
    expect(await allAttempts()).toEqual([0, 1.5, 4.5]);
    expect(simulator.linq.webhooks.deliveries().map((delivery) => delivery.status)).toEqual([
      status,
      status,
      200,
    ]);
  });

  it.each([200, 204, 301, 400, 401, 404, 410])('answered %i is not sent again', async (status) => {
    receiver.answers.push(status);
    await personTypes();
    expect(simulator.linq.webhooks.deliveries()).toMatchObject([{ status, nextAttemptAtMs: null }]);
    expect(receiver.received).toHaveLength(1);
  });

  it('to nobody is sent again, too', async () => {
    simulator.reset();
    ({ chatId } = simulator.linq.createConversation());
    simulator.linq.webhooks.subscribe({ targetUrl: 'http://127.0.0.1:1/' });
    await personTypes();
    expect(simulator.linq.webhooks.deliveries()).toMatchObject([
      { status: null, error: expect.any(String), nextAttemptAtMs: simulator.clock.now() + 1500 },
    ]);
  });

  it('that is sent again has a new signature', async () => {
    simulator.linq.configure({ webhookTime: 'simulated' });
    receiver.answers.push(500);
    await personTypes();
    simulator.clock.advance(1500);
    await simulator.linq.webhooks.settled();
    const [first, second] = receiver.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);
  });

  it('is sent again by itself while time runs', async () => {
    receiver.answers.push(500);
    await personTypes();
    simulator.clock.setSpeed(1000);
    await expect.poll(() => receiver.received.length).toBe(2);
  });

  it('can come several times at once', async () => {
    simulator.linq.configure({ webhookCopies: 10 });
    await personTypes();
    expect(receiver.received).toHaveLength(10);
    expect(receiver.mostAtOnce()).toBeGreaterThan(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  });

  it('can be repeated by hand', async () => {
    await personTypes();
    const id = last().headers['webhook-id'] ?? '';
    simulator.linq.webhooks.redeliver(id);
    await simulator.linq.webhooks.settled();
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
    expect(() => {
      simulator.linq.webhooks.redeliver('none');
    }).toThrow('none');
  });

  it.each([
    ['in-order', ['started', 'stopped']],
    ['reversed', ['stopped', 'started']],
  ] as const)('that was held back can be let go %s', async (order, expected) => {
    simulator.linq.webhooks.hold();
    await personTypes('started');
    await personTypes('stopped');
    expect(states()).toEqual([]);
    simulator.linq.webhooks.release(order);
    await personTypes('started');
    expect(states()).toEqual([...expected, 'started']);
  });

  it('is forgotten with a reset', async () => {
    receiver.answers.push(500);
    await personTypes();
    simulator.reset();
    simulator.clock.advance(60_000);
    await simulator.linq.webhooks.settled();
    expect(receiver.received).toHaveLength(1);
    expect(simulator.linq.webhooks.deliveries()).toEqual([]);
    expect(simulator.linq.webhooks.subscriptions()).toEqual([]);
  });

  it('that hangs is broken off when the simulator closes', async () => {
    receiver.answers.push('hang');
    simulator.linq.personTypes(chatId, 'started');
    await expect.poll(() => receiver.received.length).toBe(1);
    await simulator.close();
    await simulator.linq.webhooks.settled();
    expect(simulator.linq.webhooks.deliveries()).toEqual([]);
  });

  it('has a URL to go to', () => {
    expect(() => simulator.linq.webhooks.subscribe({ targetUrl: 'ftp://x/' })).toThrow('ftp://x/');
  });
});
