import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isThorough } from '../../../../test/long/thorough.ts';
import { judge } from '../../src/scripts/judge.ts';
import { runScript } from '../../src/scripts/script.ts';
import { hasRedis, RedisServer } from '../redis/redis-server.ts';
import { immortal, playMany } from './play.ts';

describe.skipIf(!hasRedis)('what the scripts decide', () => {
  let server: RedisServer;
  let redis: Redis;

  beforeAll(async () => {
    server = await RedisServer.start();
    redis = new Redis(server.url);
  });

  afterAll(async () => {
    redis.disconnect();
    await server.close();
  });

  test('is what a model in plain TypeScript decides, and leaves no key that never expires', async () => {
    await playMany(redis, isThorough ? 10_000 : 300);
    expect(await immortal(redis)).toEqual([]);
  }, 1_800_000);

  test('is decided all the same after SCRIPT FLUSH', async () => {
    const given = { nowMs: 0, credentialKey: 'flushed', verdict: 'refused', probe: '' } as const;
    await redis.script('FLUSH');
    await expect(runScript(redis, judge, given)).resolves.toEqual({
      says: 'suspended',
      forMs: 1_000,
    });
  });
});
