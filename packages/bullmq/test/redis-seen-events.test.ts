import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redisSeenEvents } from '../src/index.ts';
import { hasRedis, RedisServer } from './redis/redis-server.ts';

describe.skipIf(!hasRedis)('events that several processes have seen', () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await RedisServer.start();
  });

  afterAll(() => server.close());

  test('are each taken once by all of them, and again when they were given back', async () => {
    await using one = redisSeenEvents({ redis: server.url });
    await using other = redisSeenEvents({ redis: server.url });
    const claims = await Promise.all([one.claim('event 1', 5_000), other.claim('event 1', 5_000)]);
    expect(claims.filter((isTaken) => isTaken)).toHaveLength(1);
    await one.release('event 1');
    await expect(other.claim('event 1', 5_000)).resolves.toBe(true);
    await expect(one.claim('event 2', 5_000)).resolves.toBe(true);
  });

  test('are forgotten in time, and stand in Redis under a hash', async () => {
    await using seen = redisSeenEvents({ redis: server.url, scope: 'linq' });
    await seen.claim('event-of-alice', 60_000);
    const redis = new Redis(server.url);
    const [key = ''] = await redis.keys('typingkit:s:linq:*');
    expect(key).not.toBe('');
    expect(key).not.toContain('alice');
    expect(await redis.pttl(key)).toBeGreaterThan(50_000);
    redis.disconnect();
  });

  test('cannot be claimed while Redis is away: the vendor sends them again', async () => {
    const away = await RedisServer.start();
    await using seen = redisSeenEvents({ redis: away.url });
    await expect(seen.claim('event 1', 5_000)).resolves.toBe(true);
    await away.close();
    await expect(seen.claim('event 2', 5_000)).rejects.toThrow();
  });

  test('are refused with a wrong address before anything is sent', () => {
    expect(() => redisSeenEvents({ redis: 'localhost:6379' })).toThrow(/redis must be a URL/);
    expect(() => redisSeenEvents({ redis: server.url, scope: 'a b' })).toThrow(/scope/);
  });
});
