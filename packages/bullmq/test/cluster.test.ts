import { Redis } from 'ioredis';
import { fakeProvider } from '@typingkit/testing';
import { describe, expect, test } from 'vitest';
import { remoteTyping, sharedTyping } from '../src/index.ts';
import { hasRedis, RedisServer } from './redis/redis-server.ts';

describe.skipIf(!hasRedis)('a cluster', () => {
  test('takes every script and every job: their keys have one slot each', async () => {
    const server = await RedisServer.start([
      '--cluster-enabled',
      'yes',
      '--cluster-announce-ip',
      '127.0.0.1',
    ]);
    const admin = new Redis(server.url);
    await admin.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    await expect.poll(() => admin.call('CLUSTER', 'INFO')).toMatch('cluster_state:ok');
    const redis = { nodes: [{ host: '127.0.0.1', port: server.port }] };
    const chat = fakeProvider<{ readonly chat: string }>({
      capabilities: {
        ttl: { kind: 'fixed', ms: 1_000, source: 'documented' },
        refreshMs: 300,
        budget: { requests: 100, perMs: 1_000 },
      },
      conversationKey: (target) => target.chat,
    });
    const failures: string[] = [];
    const onRedis = (state: string): void => void failures.push(state);
    const typing = sharedTyping({ redis, channels: { chat }, leaseMs: 900, onRedis });
    const webhook = remoteTyping({ redis, channels: { chat }, leaseMs: 900, onRedis });
    const session = webhook.keep('chat', { chat: 'alice' });
    await session.opened;
    await expect.poll(() => chat.starts.length, { timeout: 45_000 }).toBeGreaterThan(2);
    session.touch();
    session.messageSent();
    const before = chat.starts.length;
    await expect.poll(() => chat.starts.length, { timeout: 45_000 }).toBeGreaterThan(before);
    await session.stop();
    await expect.poll(() => chat.stops.length, { timeout: 45_000 }).toBe(1);
    expect(failures).toEqual([]);
    await Promise.all([typing.close(), webhook.close()]);
    admin.disconnect();
    await server.close();
  });
});
