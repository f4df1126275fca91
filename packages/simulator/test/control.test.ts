import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { controlRoutes } from '../src/control/routes.ts';
import { createConversationLog } from '../src/bubbles/conversation-log.ts';
import { startSimulator } from '../src/index.ts';
import type { Simulator } from '../src/index.ts';
import { createObservers } from '../src/observing/observer.ts';
import { createClock } from '../src/time/clock.ts';
import { createSchedule } from '../src/time/schedule.ts';
import { startVendor } from '../src/vendors/start-vendor.ts';
import { vendorNames, vendorRows } from '../src/vendors/vendor-registry.ts';
import { call, linkedInTyping, linqTyping } from './vendor-calls.ts';
import type { Answer } from './vendor-calls.ts';
import { startReceiver } from './webhook-receiver.ts';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ speed: 0 });
});
afterEach(async () => {
  await simulator.close();
});

function control(method: string, path: string, body?: unknown): Promise<Answer> {
  return call(`${simulator.controlUrl}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
}

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const DOCUMENTED_ROUTES = [...README.matchAll(/^\| `([A-Z]+) \/_simulator(\S*)` \|/gm)].map(
  ([, method = '', path = '']) => `${method} ${path === '' ? '/' : path}`,
);

describe('The control surface', () => {
  it('tells where everything is', async () => {
    const { url, controlUrl, linq, connectsafely } = simulator;
    expect((await control('GET', '')).json).toEqual({
      url,
      controlUrl,
      nowMs: simulator.clock.now(),
      speed: 0,
      vendors: expect.objectContaining({
        linq: {
          channel: 'imessage',
          baseUrl: linq.baseUrl,
          apiKey: linq.apiKey,
          environment: { LINQ_API_KEY: linq.apiKey, LINQ_API_BASE_URL: linq.baseUrl },
        },
        connectsafely: {
          channel: 'linkedin',
          baseUrl: connectsafely.baseUrl,
          apiKey: connectsafely.apiKey,
          environment: {
            CONNECTSAFELY_API_KEY: connectsafely.apiKey,
            CONNECTSAFELY_BASE_URL: connectsafely.baseUrl,
          },
        },
      }),
    });
  });

  it('makes chats, plain ones without a body, and lists them', async () => {
    const plain = await control('POST', '/linq/conversations');
    expect(plain).toMatchObject({ status: 201, json: { service: 'iMessage', state: 'ready' } });
    await control('POST', '/linq/conversations', { service: 'SMS', lastSentAgoMs: null });
    expect((await control('GET', '/linq/conversations')).json).toEqual({
      conversations: simulator.linq.conversations(),
    });
    expect(simulator.linq.conversations()).toMatchObject([
      {},
      { service: 'SMS', lastSentAtMs: null },
    ]);
  });

  it('changes a chat', async () => {
    const { chatId } = simulator.linq.createConversation({ health: 'AT_RISK' });
    const answer = await control('PATCH', `/linq/conversations/${chatId}`, { state: 'left' });
    expect(answer).toMatchObject({ status: 200, json: { state: 'left', health: 'AT_RISK' } });
    expect(await linqTyping(simulator, chatId)).toMatchObject({ status: 409 });
  });

  it('lets messages come and go and the recipient look', async () => {
    const { chatId } = simulator.linq.createConversation({
      lastSentAgoMs: null,
      lastReceivedAgoMs: null,
    });
    const path = `/linq/conversations/${chatId}`;
    expect(await control('POST', `${path}/messages`, { from: 'them' })).toMatchObject({
      status: 200,
      json: { inbound: { event_type: 'message.received', data: { chat: { id: chatId } } } },
    });
    expect((await control('POST', `${path}/messages`, { from: 'us' })).json).toEqual({
      inbound: null,
    });
    await control('POST', `${path}/open`);
    const nowMs = simulator.clock.now();
    expect(simulator.linq.conversations()).toMatchObject([
      { lastSentAtMs: nowMs, lastReceivedAtMs: nowMs },
    ]);
    expect(simulator.history(chatId)).toMatchObject([{ kind: 'message' }, { kind: 'opened' }]);
  });

  it('lets a person type, and delivers it to a URL', async () => {
    await using receiver = await startReceiver();
    const { chatId } = simulator.linq.createConversation();
    const subscription = await control('POST', '/linq/webhooks', { targetUrl: receiver.url });
    expect(subscription).toMatchObject({
      status: 201,
      json: { targetUrl: receiver.url, signingSecret: expect.stringMatching(/^whsec_/) },
    });
    expect((await control('GET', '/linq/webhooks')).json).toEqual({
      subscriptions: [subscription.json],
    });
    const path = `/linq/conversations/${chatId}/person-types`;
    expect(await control('POST', path, { state: 'started' })).toMatchObject({
      status: 200,
      json: { inbound: null },
    });
    await control('POST', path, { forMs: 1000 });
    simulator.clock.advance(1000);
    await control('POST', '/linq/webhooks/settle');
    const types = receiver.received.map(({ event }) => event.event_type.slice(-7));
    expect(types).toEqual(['started', 'started', 'stopped']);
    expect((await control('GET', '/linq/webhooks/deliveries')).json).toEqual({
      deliveries: simulator.linq.webhooks.deliveries(),
    });
  });

  it('holds, reorders and repeats what is delivered', async () => {
    await using receiver = await startReceiver();
    await control('POST', '/linq/webhooks', { targetUrl: receiver.url });
    await control('POST', '/linq/webhooks/hold');
    const ids: unknown[] = [];
    for (const data of [{ n: 1 }, { n: 2 }]) {
      const event = { eventType: 'message.read', data };
      ids.push((await control('POST', '/linq/webhooks/events', event)).json);
    }
    await control('POST', '/linq/webhooks/release', { order: 'reversed' });
    await control('POST', '/linq/webhooks/settle');
    expect(receiver.received.map(({ event }) => event['data'])).toEqual([{ n: 2 }, { n: 1 }]);
    const eventId = String(receiver.received[1]?.event['event_id']);
    expect(ids[0]).toEqual({ eventId });
    await control('POST', `/linq/webhooks/events/${eventId}/redeliver`);
    await control('POST', '/linq/webhooks/settle');
    expect(receiver.received.at(-1)?.event['data']).toEqual({ n: 1 });
  });

  it('changes an account', async () => {
    const { defaultAccountId } = simulator.connectsafely.settings();
    const path = `/connectsafely/accounts/${defaultAccountId}`;
    const answer = await control('PATCH', path, { status: 'ERROR' });
    expect(answer).toMatchObject({ status: 200, json: { status: 'ERROR', enabled: true } });
    expect(simulator.connectsafely.accounts()).toMatchObject([{ status: 'ERROR' }]);
  });

  it('makes accounts and conversations, and lets messages go', async () => {
    const account = await control('POST', '/connectsafely/accounts', { accountId: 'second' });
    expect(account).toMatchObject({ status: 201, json: { accountId: 'second' } });
    const options = { accountId: 'second' };
    const conversation = await control('POST', '/connectsafely/conversations', options);
    expect(conversation).toMatchObject({ status: 201, json: options });
    const { conversationUrn } = simulator.connectsafely.conversations()[0] ?? {};
    await linkedInTyping(simulator, { conversationUrn, accountId: 'second' });
    simulator.clock.advance(1000);
    const path = `/connectsafely/conversations/${encodeURIComponent(conversationUrn ?? '')}`;
    await control('POST', `${path}/messages`, { from: 'us' });
    expect(simulator.recipientView(conversationUrn ?? '')).toMatchObject([{ endedBy: 'message' }]);
    expect((await control('GET', '/connectsafely/accounts')).json).toEqual({
      accounts: simulator.connectsafely.accounts(),
    });
    expect((await control('GET', '/connectsafely/conversations')).json).toEqual({
      conversations: simulator.connectsafely.conversations(),
    });
  });

  it('shows the view of the recipient and why there is none', async () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    await linkedInTyping(simulator, { conversationUrn });
    const query = `?conversation=${encodeURIComponent(conversationUrn)}`;
    const fromMs = simulator.clock.now();
    expect((await control('GET', `/view${query}`)).json).toEqual({
      nowMs: fromMs,
      visible: true,
      intervals: [{ fromMs, toMs: null, endedBy: null }],
    });
    const { chatId } = simulator.linq.createConversation({ service: 'RCS' });
    await linqTyping(simulator, chatId);
    expect((await control('GET', `/view?conversation=${chatId}`)).json).toMatchObject({
      visible: false,
      intervals: [],
    });
    expect((await control('GET', `/history?conversation=${chatId}`)).json).toMatchObject({
      facts: [{ kind: 'start', hiddenBecause: 'rcs' }],
    });
  });

  it('reads and forgets the log, and is not in it', async () => {
    const { chatId } = simulator.linq.createConversation();
    await linqTyping(simulator, chatId);
    expect((await control('GET', '/requests?vendor=linq')).json).toEqual({
      requests: simulator.requests(),
      dropped: 0,
    });
    expect((await control('GET', '/requests?vendor=connectsafely')).json).toMatchObject({
      requests: [],
    });
    expect(await control('DELETE', '/requests')).toMatchObject({ status: 204 });
    expect(simulator.requests()).toEqual([]);
  });

  it('sets speed and time', async () => {
    const before = simulator.clock.now();
    const advanced = await control('POST', '/clock/advance', { milliseconds: 60_000 });
    expect(advanced.json).toEqual({ nowMs: before + 60_000, speed: 0 });
    await control('PUT', '/clock', { speed: 4 });
    expect((await control('GET', '/clock')).json).toMatchObject({ speed: 4 });
  });

  it('queues, lists, removes and clears faults', async () => {
    const { chatId } = simulator.linq.createConversation();
    const fault = { kind: 'status', status: 429, headers: { 'retry-after': '1.5' } };
    const { json, status } = await control('POST', '/faults', fault);
    expect([status, json]).toEqual([201, { id: 'fault-1' }]);
    expect((await control('GET', '/faults')).json).toEqual({
      faults: [{ id: 'fault-1', fault, left: 1 }],
    });
    expect((await linqTyping(simulator, chatId)).headers.get('retry-after')).toBe('1.5');
    await control('POST', '/faults', { kind: 'hang', times: 'forever' });
    expect(await control('DELETE', '/faults/fault-2')).toMatchObject({ status: 204 });
    expect(await control('DELETE', '/faults/fault-2')).toMatchObject({ status: 404 });
    await control('POST', '/faults', { kind: 'hang' });
    await control('DELETE', '/faults');
    expect(simulator.faults.list()).toEqual([]);
  });

  it.each([
    ['linq', { era: 'april' }],
    ['connectsafely', { trialExpired: true }],
  ] as const)('reads and changes the settings of %s', async (vendor, change) => {
    const before = simulator[vendor].settings();
    expect((await control('GET', `/${vendor}/settings`)).json).toEqual(before);
    const answer = await control('PATCH', `/${vendor}/settings`, change);
    expect(answer.json).toEqual({ ...before, ...change });
    expect(simulator[vendor].settings()).toEqual({ ...before, ...change });
  });

  it('resets', async () => {
    simulator.linq.createConversation();
    expect(await control('POST', '/reset')).toMatchObject({ status: 204 });
    expect(simulator.linq.conversations()).toEqual([]);
  });

  it.each([
    ['POST', '/linq/conversations', { servce: 'SMS' }, 'servce'],
    ['POST', '/linq/conversations', { chatId: 'x' }, 'UUID'],
    ['PATCH', '/linq/settings', { era: 'may' }, 'era'],
    ['PATCH', '/connectsafely/settings', { lifetimeMs: 0 }, 'lifetimeMs'],
    ['POST', '/connectsafely/conversations', { accountId: 'nobody' }, 'nobody'],
    ['PATCH', '/connectsafely/accounts/nobody', { enabled: false }, 'nobody'],
    ['POST', '/connectsafely/accounts', { status: 'GONE' }, 'status'],
    ['POST', '/linq/conversations/nobody/person-types', { state: 'started' }, 'nobody'],
    ['POST', '/linq/conversations/nobody/person-types', { forMs: 0 }, 'forMs'],
    ['POST', '/linq/conversations/nobody/person-types', {}, 'The body'],
    ['POST', '/linq/webhooks', { targetUrl: 'ftp://x/' }, 'targetUrl'],
    ['POST', '/linq/webhooks/events', { eventType: 'typing', data: {} }, 'eventType'],
    ['POST', '/linq/webhooks/events/none/redeliver', undefined, 'none'],
    ['POST', '/linq/webhooks/release', { order: 'random' }, 'order'],
    ['POST', '/faults', { kind: 'explode' }, 'kind'],
    ['POST', '/clock/advance', { milliseconds: -1 }, 'milliseconds'],
    ['GET', '/view?conversation=nobody', undefined, 'nobody'],
    ['GET', '/view', undefined, 'conversation'],
    ['GET', '/requests?vender=linq', undefined, 'vender'],
  ])('answers %s %s %j with 400 and says why', async (method, path, body, word) => {
    expect(await control(method, path, body)).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining(word) },
    });
  });

  it('answers malformed JSON with 400 and an unknown route with 404', async () => {
    const headers = { 'content-type': 'application/json' };
    const malformed = await call(`${simulator.controlUrl}/faults`, {
      method: 'POST',
      headers,
      body: '{',
    });
    expect(malformed).toMatchObject({ status: 400, json: { error: expect.any(String) } });
    expect(await control('GET', '/nothing')).toMatchObject({ status: 404 });
  });

  it('has the routes that the README lists, and no other', () => {
    const schedule = createSchedule(createClock());
    const observers = createObservers();
    const conversations = createConversationLog(() => {});
    const surroundings = { schedule, observers, conversations, url: () => '', realNow: Date.now };
    const started = vendorNames.map((name) =>
      startVendor(name, vendorRows[name], {}, surroundings),
    );
    const routes = controlRoutes(simulator, started).routes.filter(
      ({ method }) => method !== 'ALL',
    );
    const documented = DOCUMENTED_ROUTES.flatMap((route) =>
      route.includes('/:vendor/')
        ? vendorNames.map((name) => route.replace(':vendor', name))
        : route,
    );
    expect(routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
      documented.toSorted(),
    );
  });
});
