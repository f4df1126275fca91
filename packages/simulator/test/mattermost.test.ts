import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator } from '../src/index.ts';
import { call } from './vendor-calls.ts';
import type { Answer } from './vendor-calls.ts';

const START = Date.UTC(2026, 10, 20, 12);
const threadId = 'z9y8x7w6v5u4t3s2r1q0ponmlk';
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
  body?: object,
  token: string = simulator.mattermost.apiKey,
): Promise<Answer> {
  return call(`${simulator.mattermost.baseUrl}/api/v4${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

const types = (body: object, user = 'me') => ask('POST', `/users/${user}/typing`, body);

describe('A channel', () => {
  it.each([undefined, threadId])('shows typing for 5 seconds: thread %s', async (thread) => {
    const { id, target } = simulator.mattermost.createConversation({ threadId: thread });
    const body = { channel_id: target.channelId, parent_id: thread };
    expect(await types(body)).toMatchObject({ status: 200, json: { status: 'OK' } });
    nowMs += 4_000;
    await types(body);
    nowMs += 60_000;
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 9_000, endedBy: 'expired' },
    ]);
  });

  it('shows what is typed in a thread apart, until a message comes there', async () => {
    const { mattermost } = simulator;
    const { id, target } = mattermost.createConversation();
    const { channelId } = target;
    const thread = mattermost.createConversation({ channelId, threadId }).id;
    await types({ channel_id: channelId, parent_id: threadId });
    nowMs += 1_000;
    const { url, ...init } = mattermost.messageRequest(thread, 'Done');
    expect(await call(url, init)).toMatchObject({ status: 201, json: { root_id: threadId } });
    expect(simulator.recipientView(id)).toEqual([]);
    expect(simulator.recipientView(thread)).toEqual([
      { fromMs: START, toMs: START + 1_000, endedBy: 'message' },
    ]);
    const log = simulator.requests();
    expect(log.map(({ intent }) => intent)).toEqual(['start', 'message']);
    expect(log.map(({ conversation }) => conversation)).toEqual([thread, thread]);
    expect(JSON.stringify(log)).not.toContain('mattermost-simulator-token');
  });
});

describe('Mattermost', () => {
  it('refuses a channel in which the bot may not post, and one that does not exist, alike', async () => {
    const { target } = simulator.mattermost.createConversation({ mayPost: false });
    const { channelId: channel_id } = target;
    const expected = { status: 403, json: { id: 'api.context.permissions.app_error' } };
    expect(await types({ channel_id })).toMatchObject(expected);
    expect(await types({ channel_id: 'town-square' })).toMatchObject(expected);
    const allowed = simulator.mattermost.createConversation().target.channelId;
    expect(await types({ channel_id: allowed }, threadId)).toMatchObject(expected);
    expect(await ask('GET', `/channels/${channel_id}/members/me`)).toMatchObject({ status: 404 });
    expect(await ask('GET', `/channels/${allowed}/members/me`)).toMatchObject({ status: 200 });
  });

  it('refuses another token, no channel and another path', async () => {
    expect(await ask('GET', '/users/me', undefined, 'another')).toMatchObject({ status: 401 });
    expect(await ask('GET', '/users/me')).toMatchObject({ status: 200, json: { is_bot: true } });
    expect(await types({})).toMatchObject({ status: 400 });
    expect(await ask('POST', '/typing', {})).toMatchObject({ status: 404 });
  });

  it('limits a token, and says in words and seconds until when', async () => {
    simulator.mattermost.configure({ rateLimit: { requests: 1, perMs: 3_000 } });
    await types({});
    const limited = await types({});
    expect(limited).toMatchObject({ status: 429, text: 'limit exceeded', json: undefined });
    expect(limited.headers.get('x-ratelimit-reset')).toBe('3');
  });

  it('answers each documented failure on demand', async () => {
    const { id, target } = simulator.mattermost.createConversation();
    for (const failure of simulator.mattermost.failures) {
      simulator.faults.clear();
      simulator.faults.add({ kind: 'failure', vendor: 'mattermost', failure });
      expect((await types({ channel_id: target.channelId })).status).toBeGreaterThanOrEqual(400);
    }
    expect(simulator.recipientView(id)).toEqual([]);
  });
});

describe('The WebSocket', () => {
  it('tells of a post, as JSON inside JSON', () => {
    const { id, target } = simulator.mattermost.createConversation({ threadId });
    const event = Object(simulator.mattermost.receiveMessage(id, 'Hello'));
    expect(event).toMatchObject({ event: 'posted' });
    expect(JSON.parse(event.data.post)).toMatchObject({
      channel_id: target.channelId,
      root_id: threadId,
      message: 'Hello',
    });
  });

  it('tells that the person begins to type, and never that they cease', () => {
    const told: unknown[] = [];
    simulator.observe((event) => {
      if (event.kind === 'person') told.push(event.state);
    });
    const { mattermost } = simulator;
    const { id, target } = mattermost.createConversation();
    const { channelId: channel_id } = target;
    expect(mattermost.personTypes(id, 'started')).toMatchObject({
      event: 'typing',
      data: { parent_id: '' },
      broadcast: { channel_id },
    });
    expect(mattermost.personTypes(id, 'stopped')).toBeNull();
    mattermost.personTypes(id, { forMs: 4_000 });
    simulator.clock.advance(4_000);
    expect(told).toEqual(['started', 'stopped', 'started', 'stopped']);
  });
});
