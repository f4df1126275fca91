import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startSimulator } from '../src/index.ts';
import type { Simulator } from '../src/index.ts';
import type { DiscordChannelOptions } from '../src/vendors/discord/channels.ts';
import { call } from './vendor-calls.ts';
import type { Answer } from './vendor-calls.ts';

const START = Date.UTC(2026, 10, 20, 12);
const userAgent = 'DiscordBot (https://example.com, 1.0)';
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
  path: string,
  {
    method = 'POST',
    headers = {},
    body,
  }: { method?: string; headers?: object; body?: object } = {},
): Promise<Answer> {
  const { baseUrl, apiKey } = simulator.discord;
  return call(`${baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bot ${apiKey}`,
      'user-agent': userAgent,
      'content-type': 'application/json',
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

function types(id: string, headers: object = {}): Promise<Answer> {
  return ask(`/channels/${id}/typing`, { headers });
}

function refusal(status: number, code: number, message: string): object {
  return { status, json: { message, code } };
}

describe('A channel of Discord', () => {
  it('shows typing for 10 seconds', async () => {
    const { id } = simulator.discord.createConversation();
    expect(await types(id)).toMatchObject({ status: 204, text: '' });
    nowMs += 60_000;
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 10_000, endedBy: 'expired' },
    ]);
  });

  it('shows it for longer where it is repeated, and not after a message', async () => {
    const { id } = simulator.discord.createConversation({ type: 'thread' });
    await types(id);
    nowMs += 8_000;
    await types(id);
    nowMs += 8_000;
    const message = await ask(`/channels/${id}/messages`, { body: { content: 'Done' } });
    expect(message).toMatchObject({ status: 200, json: { channel_id: id, content: 'Done' } });
    expect(simulator.recipientView(id)).toEqual([
      { fromMs: START, toMs: START + 16_000, endedBy: 'message' },
    ]);
    const intents = simulator.requests().map(({ intent }) => intent);
    expect(intents).toEqual(['start', 'start', 'message']);
  });

  it('answers 200 where it has slow mode', async () => {
    const { id } = simulator.discord.createConversation({ slowModeSeconds: 4 });
    expect(await types(id)).toMatchObject({
      status: 200,
      json: { message_send_cooldown_ms: 4_000, thread_create_cooldown_ms: 0 },
    });
    expect(simulator.recipientView(id)).toHaveLength(1);
  });

  it.each<[DiscordChannelOptions, object]>([
    [{ bot: 'not-a-member' }, refusal(403, 50_001, 'Missing Access')],
    [{ bot: 'without-permission' }, refusal(403, 50_013, 'Missing Permissions')],
    [{ bot: 'banned' }, refusal(403, 40_007, 'The user is banned from this guild.')],
    [{ type: 'dm', bot: 'blocked' }, refusal(403, 50_007, 'Cannot send messages to this user')],
    [
      { type: 'dm', bot: 'no-mutual-server' },
      { status: 403, json: { code: 50_278 } },
    ],
    [{ type: 'forum' }, refusal(400, 40_058, 'Cannot send a message in a forum channel')],
    [{ type: 'category' }, refusal(400, 50_008, 'Cannot send messages in a non-text channel')],
    [{ type: 'thread', isArchived: true }, refusal(400, 50_083, 'Thread is archived')],
    [{ type: 'thread', isLocked: true }, refusal(403, 160_005, 'Thread is locked')],
  ])('refuses one that is %j', async (options, expected) => {
    const { id } = simulator.discord.createConversation(options);
    expect(await types(id)).toMatchObject(expected);
    expect(simulator.recipientView(id)).toEqual([]);
  });

  it('that is archived is opened again by a message', async () => {
    const { id } = simulator.discord.createConversation({ type: 'thread', isArchived: true });
    await ask(`/channels/${id}/messages`, { body: { content: 'Hi' } });
    expect(await types(id)).toMatchObject({ status: 204 });
  });

  it('is changed by what happens to the bot', async () => {
    const { id } = simulator.discord.createConversation();
    expect(simulator.discord.changeConversation(id, { bot: 'banned' })).toMatchObject({ id });
    expect(await types(id)).toMatchObject({ status: 403 });
  });

  it('says what it is to those who may see it', async () => {
    const { discord } = simulator;
    const get = ({ id }: { id: string }) => ask(`/channels/${id}`, { method: 'GET' });
    const thread = discord.createConversation({ type: 'thread', isLocked: true });
    expect(await get(thread)).toMatchObject({
      status: 200,
      json: { type: 11, thread_metadata: { archived: false, locked: true } },
    });
    expect(await get(discord.createConversation({ type: 'dm' }))).toMatchObject({
      json: { type: 1 },
    });
    expect(await get(discord.createConversation({ bot: 'not-a-member' }))).toMatchObject(
      refusal(403, 50_001, 'Missing Access'),
    );
    expect(await get(discord.createConversation({ bot: 'without-permission' }))).toMatchObject({
      status: 200,
    });
    expect(await ask('/users/@me', { method: 'GET' })).toMatchObject({ json: { bot: true } });
  });
});

describe('Discord itself', () => {
  it.each<[string, object, object]>([
    ['another token', { authorization: 'Bot another-token' }, refusal(401, 0, '401: Unauthorized')],
    [
      'a token without "Bot"',
      { authorization: 'discord-simulator-token' },
      refusal(401, 0, '401: Unauthorized'),
    ],
    ['no User-Agent of a bot', { 'user-agent': 'node' }, { status: 403, json: { code: 40_333 } }],
  ])('refuses %s', async (_title, headers, expected) => {
    const { id } = simulator.discord.createConversation();
    expect(await types(id, headers)).toMatchObject(expected);
  });

  it('takes any User-Agent where it is told to', async () => {
    simulator.discord.configure({ requiresUserAgent: false });
    const { id } = simulator.discord.createConversation();
    expect(await types(id, { 'user-agent': 'node' })).toMatchObject({ status: 204 });
  });

  it.each<[string, string, object]>([
    ['POST', '/channels/general/typing', { status: 400, json: { code: 50_035 } }],
    ['POST', '/channels/1234567890123456789/typing', refusal(404, 10_003, 'Unknown Channel')],
    ['POST', '/typing', refusal(404, 0, '404: Not Found')],
  ])('refuses %s %s', async (method, path, expected) => {
    expect(await ask(path, { method })).toMatchObject(expected);
  });

  it('takes typing by POST alone, and no empty message', async () => {
    const { id } = simulator.discord.createConversation();
    expect(await ask(`/channels/${id}/typing`, { method: 'PUT' })).toMatchObject({ status: 405 });
    expect(await ask(`/channels/${id}/messages`, { body: {} })).toMatchObject(
      refusal(400, 50_006, 'Cannot send an empty message'),
    );
  });

  it('limits each channel by itself, to the millisecond', async () => {
    const { discord } = simulator;
    discord.configure({ rateLimit: { requests: 1, perMs: 5_000 } });
    const [one, other] = [discord.createConversation(), discord.createConversation()];
    await types(one.id);
    nowMs += 430;
    const limited = await types(one.id);
    expect(limited).toMatchObject({
      status: 429,
      json: { message: 'You are being rate limited.', retry_after: 4.57, global: false },
    });
    expect(limited.headers.get('retry-after')).toBe('5');
    expect(limited.headers.get('x-ratelimit-scope')).toBe('user');
    expect(await types(other.id)).toMatchObject({ status: 204 });
  });

  it('limits a bot over all its channels to 50 requests a second', async () => {
    const { id } = simulator.discord.createConversation();
    for (let sent = 0; sent < 50; sent += 1) await types(id);
    const limited = await ask('/users/@me', { method: 'GET' });
    expect(limited).toMatchObject({ status: 429, json: { retry_after: 1, global: true } });
    expect(limited.headers.get('x-ratelimit-global')).toBe('true');
    nowMs += 1_001;
    expect(await types(id)).toMatchObject({ status: 204 });
  });

  it('bans an address that makes too many invalid requests', async () => {
    simulator.discord.configure({ invalidRequestLimit: { requests: 2, perMs: 600_000 } });
    const { id } = simulator.discord.createConversation();
    const forbidden = simulator.discord.createConversation({ bot: 'not-a-member' });
    await types(forbidden.id);
    await types(forbidden.id);
    const banned = await types(id);
    expect(banned).toMatchObject({ status: 403, json: undefined });
    expect(banned.text).toContain('Cloudflare');
    nowMs += 600_001;
    expect(await types(id)).toMatchObject({ status: 204 });
  });

  it('answers each documented failure on demand', async () => {
    const { id } = simulator.discord.createConversation();
    for (const failure of simulator.discord.failures) {
      simulator.faults.clear();
      simulator.faults.add({ kind: 'failure', vendor: 'discord', failure });
      const { status, json } = await types(id);
      expect(status).toBeGreaterThanOrEqual(400);
      const isPage = failure.startsWith('cloudflare');
      expect(isPage ? json === undefined : Object(json).message).toBeTruthy();
    }
    expect(simulator.recipientView(id)).toEqual([]);
  });
});

describe('What the gateway of Discord tells', () => {
  it('is a message of the person', () => {
    const { id, guildId } = simulator.discord.createConversation();
    expect(simulator.discord.receiveMessage(id, 'Hello')).toMatchObject({
      op: 0,
      t: 'MESSAGE_CREATE',
      d: { channel_id: id, guild_id: guildId, type: 0, content: 'Hello', author: { bot: false } },
    });
  });

  it('is that the person begins to type, and never that they cease', () => {
    const told: unknown[] = [];
    simulator.observe((event) => {
      if (event.kind === 'person') told.push(event.state);
    });
    const { id } = simulator.discord.createConversation({ type: 'dm' });
    expect(simulator.discord.personTypes(id, 'started')).toMatchObject({
      t: 'TYPING_START',
      d: { channel_id: id, timestamp: START / 1000 },
    });
    expect(simulator.discord.personTypes(id, 'stopped')).toBeNull();
    simulator.discord.personTypes(id, { forMs: 4_000 });
    simulator.clock.advance(4_000);
    expect(told).toEqual(['started', 'stopped', 'started', 'stopped']);
  });

  it('is told over HTTP, too', async () => {
    const { id } = simulator.discord.createConversation();
    const answer = await call(`${simulator.controlUrl}/discord/conversations/${id}/person-types`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ state: 'started' }),
    });
    expect(answer.json).toMatchObject({ inbound: { t: 'TYPING_START', d: { channel_id: id } } });
  });
});

describe('A bot of Discord', () => {
  it('sends its message with the request that the simulator knows', async () => {
    const { id } = simulator.discord.createConversation();
    const { url, ...init } = simulator.discord.messageRequest(id, 'Done');
    expect(await call(url, init)).toMatchObject({ status: 200 });
    expect(simulator.history(id)).toMatchObject([{ kind: 'message' }]);
  });

  it('leaves no token in the log', async () => {
    const { id } = simulator.discord.createConversation();
    await types(id);
    expect(JSON.stringify(simulator.requests())).not.toContain('discord-simulator-token');
    expect(simulator.requests({ vendor: 'discord' })).toMatchObject([
      { path: `/discord/api/v10/channels/${id}/typing`, conversation: id, intent: 'start' },
    ]);
  });
});
