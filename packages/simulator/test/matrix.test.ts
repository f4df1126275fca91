import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator } from '../src/index.ts';
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

function ask(method: string, path: string, body?: unknown, token?: string): Promise<Answer> {
  const { baseUrl, apiKey } = simulator.matrix;
  return call(`${baseUrl}/_matrix/client/v3${path}`, {
    method,
    headers: { authorization: `Bearer ${token ?? apiKey}`, 'content-type': 'application/json' },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
}

function types(id: string, body: unknown = { typing: true }, user = '@bot:example.org') {
  return ask('PUT', `/rooms/${encodeURIComponent(id)}/typing/${encodeURIComponent(user)}`, body);
}

const refusal = (status: number, errcode: string): object => ({ status, json: { errcode } });

describe('A room', () => {
  it.each([
    [{ typing: true }, 30_000],
    [{ typing: true, timeout: 5_000 }, 5_000],
    [{ typing: true, timeout: 600_000 }, 120_000],
  ])('shows %j for as long as the server allows', async (body, lifetimeMs) => {
    const { id } = simulator.matrix.createConversation();
    expect(await types(id, body)).toMatchObject({ status: 200, json: {} });
    nowMs += 200_000;
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + lifetimeMs, endedBy: 'expired' },
    ]);
  });

  it('shows it for longer where it is repeated, through a message, and until it is stopped', async () => {
    const { id } = simulator.matrix.createConversation({ roomId: '!old:example.org' });
    await types(id);
    nowMs += 25_000;
    await types(id);
    const { url, ...init } = simulator.matrix.messageRequest(id, 'Done');
    expect(await call(url, init)).toMatchObject({
      status: 200,
      json: { event_id: expect.stringMatching(/^\$/) },
    });
    nowMs += 10_000;
    await types(id, { typing: false });
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 35_000, endedBy: 'stopped' },
    ]);
    const intents = simulator.requests().map(({ intent }) => intent);
    expect(intents).toEqual(['start', 'start', 'message', 'stop']);
    expect(JSON.stringify(simulator.requests())).not.toContain('matrix-simulator-token');
  });

  it('stays dark for a shadow-banned account, and says nothing of it', async () => {
    simulator.matrix.configure({ isShadowBanned: true });
    const { id } = simulator.matrix.createConversation();
    expect(await types(id)).toMatchObject({ status: 200 });
    expect(simulator.recipientView(id)).toEqual([]);
  });

  it('says who is in it to those who are', async () => {
    const { id } = simulator.matrix.createConversation();
    const members = () => ask('GET', `/rooms/${id}/joined_members`);
    expect(await members()).toMatchObject({ json: { joined: { '@ada:example.org': {} } } });
    simulator.matrix.changeConversation(id, { isPersonJoined: false });
    expect((await members()).json).toEqual({ joined: { '@bot:example.org': {} } });
    simulator.matrix.changeConversation(id, { isBotJoined: false });
    expect(await members()).toMatchObject(refusal(403, 'M_FORBIDDEN'));
    expect(await types(id)).toMatchObject(refusal(403, 'M_FORBIDDEN'));
  });
});

describe('The homeserver', () => {
  it.each<[string, (id: string) => Promise<Answer>, object]>([
    ['another user', (id) => types(id, {}, '@else:example.org'), refusal(400, 'M_FORBIDDEN')],
    ['a user that is none', (id) => types(id, {}, 'bot'), refusal(400, 'M_INVALID_PARAM')],
    ['no typing', (id) => types(id, {}), refusal(500, 'M_UNKNOWN')],
    ['a list', (id) => types(id, []), refusal(400, 'M_BAD_JSON')],
    ['no JSON', (id) => types(id, 'typing=true'), refusal(400, 'M_NOT_JSON')],
    ['an unknown room', () => types('!unknown'), refusal(403, 'M_FORBIDDEN')],
    ['another path', () => ask('PUT', '/typing', {}), refusal(404, 'M_UNRECOGNIZED')],
    [
      'another token',
      () => ask('GET', '/account/whoami', undefined, 'else'),
      refusal(401, 'M_UNKNOWN_TOKEN'),
    ],
  ])('refuses %s', async (_title, asked, expected) => {
    const { id } = simulator.matrix.createConversation();
    expect(await asked(id)).toMatchObject(expected);
    expect(simulator.recipientView(id)).toEqual([]);
  });

  it('says whose the token is', async () => {
    expect(await ask('GET', '/account/whoami')).toMatchObject({
      status: 200,
      json: { user_id: '@bot:example.org' },
    });
  });

  it('limits the account, in milliseconds and in seconds', async () => {
    simulator.matrix.configure({ rateLimit: { requests: 1, perMs: 2_000 } });
    const { id } = simulator.matrix.createConversation();
    await types(id);
    nowMs += 500;
    const limited = await types(id);
    expect(limited).toMatchObject({ status: 429, json: { retry_after_ms: 1_500 } });
    expect(limited.headers.get('retry-after')).toBe('2');
  });

  it('answers each documented failure on demand', async () => {
    const { id } = simulator.matrix.createConversation();
    for (const failure of simulator.matrix.failures) {
      simulator.faults.clear();
      simulator.faults.add({ kind: 'failure', vendor: 'matrix', failure });
      const { status, json } = await types(id);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(Object(json).errcode).toMatch(/^M_/);
    }
    expect(simulator.recipientView(id)).toEqual([]);
  });
});

describe('What a /sync tells', () => {
  it('is a message of the person', () => {
    const { id } = simulator.matrix.createConversation();
    expect(simulator.matrix.receiveMessage(id, 'Hello')).toMatchObject({
      rooms: { join: { [id]: { timeline: { events: [{ content: { body: 'Hello' } }] } } } },
    });
  });

  it('is who types', () => {
    const told: unknown[] = [];
    simulator.observe((event) => {
      if (event.kind === 'person') told.push(event.state);
    });
    const { id } = simulator.matrix.createConversation();
    const typing = (users: string[]) => ({
      rooms: { join: { [id]: { ephemeral: { events: [{ content: { user_ids: users } }] } } } },
    });
    const { matrix } = simulator;
    expect(matrix.personTypes(id, 'started')).toMatchObject(typing(['@ada:example.org']));
    expect(matrix.personTypes(id, 'stopped')).toMatchObject(typing([]));
    matrix.personTypes(id, { forMs: 4_000 });
    simulator.clock.advance(4_000);
    expect(told).toEqual(['started', 'stopped', 'started', 'stopped']);
  });

  it('is what happened since the last one, the bot itself included', async () => {
    const { id } = simulator.matrix.createConversation();
    const sync = async (
      since: string,
      timeoutMs = 0,
    ): Promise<{ batch: string; room: unknown }> => {
      const { json } = await ask('GET', `/sync?since=${since}&timeout=${timeoutMs}`);
      const { next_batch: batch, rooms } = Object(json);
      return { batch: String(batch), room: rooms.join[id] };
    };
    const typists = (...users: string[]) => ({
      ephemeral: { events: [{ type: 'm.typing', content: { user_ids: users } }] },
    });
    simulator.matrix.receiveMessage(id, 'Hello');
    const first = await sync('');
    expect(first.room).toMatchObject({ timeline: { events: [{ content: { body: 'Hello' } }] } });
    expect((await sync(first.batch)).room).toBeUndefined();

    // It waits for what comes.
    const second = sync(first.batch, 600_000);
    simulator.matrix.personTypes(id, 'started');
    expect((await second).room).toMatchObject(typists('@ada:example.org'));
    await types(id, { typing: true, timeout: 20_000 });
    await types(id, { typing: true, timeout: 30_000 });
    const third = await sync((await second).batch);
    expect(third.room).toMatchObject(typists('@ada:example.org', '@bot:example.org'));
    simulator.clock.advance(30_000);
    const fourth = await sync(third.batch);
    expect(fourth.room).toMatchObject(typists('@ada:example.org'));
    simulator.matrix.personTypes(id, 'stopped');
    expect((await sync(fourth.batch)).room).toMatchObject(typists());
  });
});
