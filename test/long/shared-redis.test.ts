import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { remoteTyping, redisSeenEvents, sharedTyping } from '@typingkit/bullmq';
import { TypingError } from '@typingkit/core';
import { linq, linqAddress } from '@typingkit/linq';
import { type Simulator, startSimulator } from '@typingkit/simulator';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasRedis, RedisServer } from '../../packages/bullmq/test/redis/redis-server.ts';

const timeout = 180_000;
const patience = { timeout: 60_000 };
const password = 'hunter2-of-redis';

describe.skipIf(!hasRedis)('Several processes on one Redis', { timeout }, () => {
  let folder: string;
  let redis: RedisServer;
  let simulator: Simulator;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'typingkit-contents-'));
    simulator = await startSimulator();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
    simulator.reset();
  });
  afterAll(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startRedis(...options: string[]): Promise<void> {
    redis = await RedisServer.start(options);
    closing.push(() => redis.close());
  }

  it('leave nothing in Redis but the target, and nothing for ever', async () => {
    await startRedis('--appendonly', 'yes', '--dir', folder);
    const { apiKey, baseUrl } = simulator.linq;
    const { chatId } = simulator.linq.createConversation();
    const stopped = simulator.linq.createConversation().chatId;
    const refused = 'a-key-that-is-refused';
    const message = 'the text of a message';
    const eventId = 'the-id-of-an-event';
    const url = redis.url;
    const given = { redis: url, leaseMs: 900, onRedis: () => {} };
    const imessage = linq({ apiKey, baseUrl, keyName: 'team' });
    // It holds conversations, and takes what others hand over.
    const shared = sharedTyping({ ...given, channels: { imessage } });
    const wrong = sharedTyping({
      ...given,
      // Those who share a channel share its keys.
      prefix: 'other',
      onEvent: () => {},
      channels: { imessage: linq({ apiKey: refused, baseUrl, keyName: 'other' }) },
    });
    const channels = { imessage: linqAddress({ keyName: 'team' }) };
    const remote = remoteTyping({ ...given, channels });
    const seen = redisSeenEvents({ redis: url });
    closing.push(() => Promise.all([shared.close(), wrong.close(), remote.close(), seen.close()]));

    const session = remote.keep('imessage', { chatId });
    const other = shared.keep('imessage', { chatId: stopped });
    const failing = wrong.keep('imessage', { chatId: stopped });
    await Promise.all([session.opened, other.opened, failing.opened, seen.claim(eventId, 60_000)]);
    await expect.poll(() => simulator.linq.recipientView(chatId).length, patience).toBe(1);
    shared.rateLimited('imessage', { chatId }, { retryAfterMs: 60_000 });
    remote.messageSent('imessage', { chatId });
    await remote
      .send('imessage', { chatId: stopped }, { timeoutMs: 1_000 })
      .catch((error: unknown) => {
        if (!TypingError.isInstance(error)) throw error;
      });
    const at = new Date();
    shared.receive({
      channel: 'imessage',
      provider: 'linq',
      target: { chatId },
      state: 'started',
      at,
      eventId,
      expiresInMs: 5_000,
    });

    const client = new Redis(url);
    closing.push(async () => client.disconnect());
    const secrets = [apiKey, refused, message, eventId, password];
    const look = async (): Promise<void> => {
      const contents = await allOf(client);
      expect(contents.length).toBeGreaterThan(5);
      const holding = contents.filter(
        ({ text }) => text.includes(chatId) || text.includes(stopped),
      );
      // The target is in what a conversation is, and in what is handed over. Nowhere is it in a name.
      for (const { key } of holding)
        expect(key).toMatch(/:c:|^\{(?:typingkit|other)\}:typing\.imessage:/);
      for (const { key, text } of contents) {
        expect(key).not.toContain(chatId);
        for (const secret of secrets) expect(`${key} ${text}`).not.toContain(secret);
      }
      const lasting = contents.filter(({ ms }) => ms === -1).map(({ key }) => key);
      expect(lasting.filter((key) => !isOfBullMq(key))).toEqual([]);
    };
    await look();
    await session.stop();
    await other.stop();
    await failing.stop();
    await look();
    await client.bgrewriteaof().catch(() => {});
    await client.save();
    const files = filesIn(folder);
    expect(files.map(({ name }) => name).join(' ')).toMatch(/\.rdb.*|\.aof/);
    for (const { bytes } of files) {
      for (const secret of secrets) expect(bytes.includes(secret)).toBe(false);
    }
    // That the files are those of this Redis.
    expect(files.some(({ bytes }) => bytes.includes('typing.imessage'))).toBe(true);
  });

  it('take a message of Linq once, whichever of them gets it', async () => {
    await startRedis();
    const { apiKey, baseUrl } = simulator.linq;
    const { chatId } = simulator.linq.createConversation();
    const imessage = linq({ apiKey, baseUrl, keyName: 'team' });
    // The webhooks take a URL, which names the same Redis.
    const options = { host: '127.0.0.1', port: redis.port };
    const worker = sharedTyping({ redis: options, channels: { imessage } });
    closing.push(() => worker.close());
    const secret = `whsec_${Buffer.from('a secret of thirty-two bytes.....').toString('base64')}`;
    const env = { PATH: process.env['PATH'], LINQ_WEBHOOK_SECRET: secret, REDIS_URL: redis.url };
    const urls = await Promise.all([startWebhook(env), startWebhook(env)]);

    const id = randomUUID();
    const body = JSON.stringify({
      api_version: 'v3',
      webhook_version: '2026-02-03',
      event_type: 'message.received',
      event_id: id,
      created_at: new Date().toISOString(),
      data: {
        chat: { id: chatId },
        direction: 'inbound',
        parts: [{ type: 'text', value: 'Hello' }],
      },
    });
    const send = async (url: string): Promise<number> => {
      const headers = { 'content-type': 'application/json', ...signed(body, id, secret) };
      return (await fetch(url, { method: 'POST', headers, body })).status;
    };
    // At once to both, and again to both, as Linq does when it believes that its attempt was lost.
    expect(await Promise.all(urls.map(send))).toEqual([200, 200]);
    expect(await Promise.all(urls.map(send))).toEqual([200, 200]);

    await expect.poll(() => simulator.requests({ conversation: chatId }).length, patience).toBe(1);
    const client = new Redis(redis.url);
    closing.push(async () => client.disconnect());
    const [conversation = ''] = await client.keys('typingkit:*:c:*');
    const fields = await client.hkeys(conversation);
    expect(fields.filter((field) => field.startsWith('i:'))).toHaveLength(1);
    expect(await client.keys('typingkit:s:linq:*')).toHaveLength(1);
    expect(simulator.linq.recipientView(chatId)).toHaveLength(1);
  });

  async function startWebhook(env: NodeJS.ProcessEnv): Promise<string> {
    const path = fileURLToPath(new URL('shared-redis/webhook-process.ts', import.meta.url));
    const child: ChildProcess = spawn(process.execPath, [path], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    closing.push(async () => {
      const gone = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGKILL')) await gone;
    });
    if (!child.stdout) throw new Error('it has no stdout');
    const lines = createInterface({ input: child.stdout });
    const [line] = await once(lines, 'line');
    return String(line);
  }
});

/** Whether it is a key of BullMQ's queue, of which docs/processes.md says which of them last. */
function isOfBullMq(key: string): boolean {
  return /^\{(?:typingkit|other)\}:typing\.imessage:[\w.-]+$/.test(key);
}

interface Entry {
  readonly key: string;
  /** Everything in it, as text. */
  readonly text: string;
  /** How long it lives, in milliseconds; -1: for ever. */
  readonly ms: number;
}

async function allOf(client: Redis): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const key of await client.keys('*')) {
    const read: Readonly<Record<string, () => Promise<unknown>>> = {
      string: () => client.get(key),
      hash: () => client.hgetall(key),
      list: () => client.lrange(key, 0, -1),
      set: () => client.smembers(key),
      zset: () => client.zrange(key, '0', '-1', 'WITHSCORES'),
      stream: () => client.xrange(key, '-', '+'),
    };
    const kind = await client.type(key);
    const text = JSON.stringify((await read[kind]?.()) ?? '');
    entries.push({ key, text, ms: await client.pttl(key) });
  }
  return entries;
}

function filesIn(folder: string): { readonly name: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      name: entry.name,
      bytes: readFileSync(join(entry.parentPath, entry.name)),
    }));
}

/** The headers of Standard Webhooks. */
function signed(body: string, id: string, secret: string): Record<string, string> {
  const seconds = Math.floor(Date.now() / 1_000);
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': `${seconds}`,
    'webhook-signature': `v1,${signature}`,
  };
}
