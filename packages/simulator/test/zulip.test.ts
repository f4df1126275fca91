import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator } from '../src/index.ts';
import type { ZulipConversationOptions } from '../src/vendors/zulip/conversations.ts';
import { call } from './vendor-calls.ts';
import type { Answer } from './vendor-calls.ts';

const START = Date.UTC(2026, 10, 20, 12);
const email = 'simulated-bot@zulip.example.com';
let simulator: Simulator;
let nowMs: number;

beforeEach(async () => {
  nowMs = START;
  simulator = await startSimulator({ now: () => nowMs });
});
afterEach(async () => {
  await simulator.close();
});

function ask(
  method: string,
  path: string,
  form?: Record<string, string>,
  key: string = simulator.zulip.apiKey,
): Promise<Answer> {
  return call(`${simulator.zulip.baseUrl}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Basic ${btoa(`${email}:${key}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: form === undefined ? null : new URLSearchParams(form).toString(),
  });
}

const direct = { type: 'direct', to: '[9,10]' };
const inTopic = { type: 'stream', stream_id: '7', topic: 'Support' };
const start = (place: Record<string, string>) => ask('POST', '/typing', { op: 'start', ...place });
const success = { status: 200, json: { result: 'success' } };
const refusal = (status: number, code: string): object => ({ status, json: { code } });

describe('A conversation', () => {
  it.each<[string, ZulipConversationOptions, Record<string, string>]>([
    ['with people', { to: [9, 10] }, direct],
    ['with people, the bot itself named, too', { to: [9, 10] }, { to: '[10,5,9]' }],
    ['in a topic', { to: [7], topic: 'Support' }, inTopic],
    ['in a topic in other letters', { to: [7], topic: 'support' }, { ...inTopic, type: 'channel' }],
  ])('%s shows typing for 45 seconds', async (_title, options, place) => {
    const { id } = simulator.zulip.createConversation(options);
    expect(await start(place)).toMatchObject(success);
    nowMs += 100_000;
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 45_000, endedBy: 'expired' },
    ]);
  });

  it('shows it for longer where it is repeated, and until it is stopped', async () => {
    const { id } = simulator.zulip.createConversation({ to: [9, 10] });
    await start(direct);
    nowMs += 30_000;
    await start(direct);
    nowMs += 30_000;
    await ask('POST', '/typing', { op: 'stop', ...direct });
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 60_000, endedBy: 'stopped' },
    ]);
  });

  it.each<ZulipConversationOptions>([{ to: [9, 10] }, { to: [7], topic: 'Support' }])(
    'shows it no longer after a message: %j',
    async (options) => {
      const { id } = simulator.zulip.createConversation(options);
      await start(options.topic === undefined ? direct : inTopic);
      nowMs += 5_000;
      const { url, ...init } = simulator.zulip.messageRequest(id, 'Done');
      expect(await call(url, init)).toMatchObject(success);
      expect(simulator.recipientView(id)).toEqual([
        { fromMs: START, toMs: START + 5_000, endedBy: 'message' },
      ]);
      const log = simulator.requests();
      expect(log.map(({ intent }) => intent)).toEqual(['start', 'message']);
      expect(log.map(({ conversation }) => conversation)).toEqual([id, id]);
      expect(JSON.stringify(log)).not.toContain('zulip-simulator-key');
    },
  );

  it('takes a form in parts, and no JSON', async () => {
    const { id } = simulator.zulip.createConversation({ to: [9, 10] });
    const form = new FormData();
    form.set('op', 'start');
    form.set('to', '[9,10]');
    const url = `${simulator.zulip.baseUrl}/api/v1/typing`;
    const headers = { authorization: `Basic ${btoa(`${email}:${simulator.zulip.apiKey}`)}` };
    await fetch(url, { method: 'POST', headers, body: form });
    expect(simulator.history(id)).toHaveLength(1);
    const json = await call(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ op: 'start', to: [9, 10] }),
    });
    expect(json).toMatchObject(refusal(400, 'BAD_REQUEST'));
    expect(simulator.requests()[0]).toMatchObject({ conversation: id, intent: 'start' });
  });

  it.each<ZulipConversationOptions>([{ subscribers: 101 }, { isHeeded: false }])(
    'stays dark, and Zulip says nothing of it: %j',
    async (options) => {
      const to = { to: [7], topic: 'Support' };
      const { id } = simulator.zulip.createConversation({ ...to, ...options });
      expect(await start(inTopic)).toMatchObject(success);
      expect(simulator.recipientView(id)).toEqual([]);
    },
  );
});

describe('Zulip', () => {
  it.each<[string, Record<string, string>]>([
    ['no op', { op: '' }],
    ['no people', { to: '' }],
    ['an empty list', { to: '[]' }],
    ['an email', { to: 'ada@example.com' }],
    ['people whom nobody knows', { to: '[11]' }],
    ['no channel', { type: 'stream', topic: 'Support' }],
    ['no topic', { type: 'stream', stream_id: '7' }],
    ['a channel in which the bot may not post', inTopic],
  ])('refuses %s', async (_title, place) => {
    simulator.zulip.createConversation({ to: [7], topic: 'Support', mayPost: false });
    expect(await start(place)).toMatchObject(refusal(400, 'BAD_REQUEST'));
  });

  it.each<[string, Record<string, string>]>([
    ['direct', direct],
    ['stream', inTopic],
  ])('refuses a bot that has switched its %s notifications off', async (kind, place) => {
    simulator.zulip.configure({ sendsTyping: false });
    simulator.zulip.createConversation({ to: [9, 10] });
    simulator.zulip.createConversation({ to: [7], topic: 'Support' });
    const { json } = await start(place);
    expect(Object(json).msg).toBe(`User has disabled typing notifications for ${kind} messages`);
  });

  it('refuses another key, no key and another path', async () => {
    expect(await ask('POST', '/typing', {}, 'another')).toMatchObject(
      refusal(401, 'INVALID_API_KEY'),
    );
    const { baseUrl } = simulator.zulip;
    expect(await call(`${baseUrl}/api/v1/typing`, { method: 'POST' })).toMatchObject(
      refusal(401, 'UNAUTHORIZED'),
    );
    expect(await ask('POST', '/type', {})).toMatchObject({ status: 404 });
  });

  it('limits the bot over all that it asks, in fractions of a second', async () => {
    simulator.zulip.configure({ rateLimit: { requests: 1, perMs: 60_000 } });
    await ask('GET', '/users/me');
    nowMs += 31_294;
    const limited = await start(direct);
    expect(limited).toMatchObject({ status: 429, json: { 'retry-after': 28.706 } });
    expect(limited.headers.get('retry-after')).toBe('28.706');
  });

  it('says who the bot is, and who is subscribed', async () => {
    simulator.zulip.createConversation({ to: [7], topic: 'Support', subscribers: 3 });
    expect(await ask('GET', '/users/me')).toMatchObject({ json: { email, is_active: true } });
    const { json } = await ask('GET', '/streams/7/members');
    expect(Object(json).subscribers).toHaveLength(3);
    expect(await ask('GET', '/streams/8/members')).toMatchObject({ status: 400 });
  });

  it('answers each documented failure on demand', async () => {
    const { id } = simulator.zulip.createConversation({ to: [9, 10] });
    for (const failure of simulator.zulip.failures) {
      simulator.faults.clear();
      simulator.faults.add({ kind: 'failure', vendor: 'zulip', failure });
      const { status, json } = await start(direct);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(json).toMatchObject({ result: 'error' });
    }
    expect(simulator.recipientView(id)).toEqual([]);
  });
});

describe('The queue of events', () => {
  it('tells of a message', () => {
    const { id } = simulator.zulip.createConversation({ to: [7], topic: 'Support' });
    expect(simulator.zulip.receiveMessage(id, 'Hello')).toMatchObject({
      type: 'message',
      message: { type: 'stream', stream_id: 7, subject: 'Support', content: 'Hello' },
    });
  });

  it('tells who types, and who no longer does', () => {
    const told: unknown[] = [];
    simulator.observe((event) => {
      if (event.kind === 'person') told.push(event.state);
    });
    const { zulip } = simulator;
    const people = zulip.createConversation({ to: [9, 10] }).id;
    const topic = zulip.createConversation({ to: [7], topic: 'Support' }).id;
    expect(zulip.personTypes(people, 'started')).toMatchObject({
      type: 'typing',
      op: 'start',
      message_type: 'direct',
      recipients: [{ user_id: 5 }, { user_id: 9 }, { user_id: 10 }],
    });
    expect(zulip.personTypes(people, 'stopped')).toMatchObject({ op: 'stop' });
    expect(zulip.personTypes(topic, { forMs: 4_000 })).toMatchObject({
      message_type: 'stream',
      stream_id: 7,
      topic: 'Support',
    });
    simulator.clock.advance(4_000);
    expect(told).toEqual(['started', 'stopped', 'started', 'stopped']);
  });
});
