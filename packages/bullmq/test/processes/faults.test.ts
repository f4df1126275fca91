import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { isThorough } from '../../../../test/long/thorough.ts';
import { hasRedis, RedisServer } from '../redis/redis-server.ts';
import { busiest, longestGapMs, Members, wait } from './members.ts';

const refreshMs = 1_000;
const leaseMs = 1_500;
const count = 60;
const chats = Array.from({ length: count }, (_, chat) => `chat ${chat}`);
/** How many starts there are in 100 ms where nothing is wrong. */
const usual = (count / refreshMs) * 100;

describe.skipIf(!hasRedis)('three processes with sixty conversations', () => {
  let server: RedisServer;
  let members: Members;

  afterEach(async () => {
    members.close();
    await server.close();
  });

  async function begin(options: readonly string[] = [], vendorMs = 20): Promise<void> {
    server = await RedisServer.start(options);
    members = new Members({ redis: server.url, leaseMs, refreshMs, ttlMs: 2_500, vendorMs });
    await members.startMany(3);
    for (const [index, chat] of chats.entries()) {
      members.keep(index % 3, chat, chat);
      // Their starts are not to fall together.
      await wait(refreshMs / count);
    }
    await wait(2_000);
    expect(new Set(members.startsOf().map(({ chat }) => chat)).size).toBe(count);
  }

  function forgetWire(): void {
    members.wire.length = 0;
  }

  test('go on when one of them is killed, without a burst', async () => {
    await begin();
    forgetWire();
    const killedAtMs = Date.now();
    members.signal(0, 'SIGKILL');
    await wait(leaseMs + 5_000);
    const after = members.startsOf().filter(({ atMs, by }) => by !== 0 && atMs > killedAtMs);
    expect(new Set(after.map(({ chat }) => chat)).size).toBe(count);
    expect(longestGapMs(members.wire, chats)).toBeLessThan(leaseMs + 2_000 + refreshMs);
    expect(busiest(members.wire)).toBeLessThanOrEqual(8 * usual);
    for (const chat of chats) members.toSession(1, 'stop', chat);
    await expect.poll(() => members.stopsOf().length, { timeout: 10_000 }).toBe(count);
    const starts = members.startsOf().length;
    await wait(2 * refreshMs);
    expect(members.startsOf()).toHaveLength(starts);
  });

  test.runIf(isThorough)('are not doubled by one that was frozen and thaws', async () => {
    await begin();
    members.signal(0, 'SIGSTOP');
    await wait(leaseMs + 3_000);
    forgetWire();
    members.signal(0, 'SIGCONT');
    await wait(4_000);
    for (const chat of chats) {
      const starts = members.startsOf(chat).map(({ atMs }) => atMs);
      const gaps = starts.slice(1).map((atMs, index) => atMs - (starts[index] ?? 0));
      expect(starts.length).toBeGreaterThanOrEqual(2);
      // One start may have been admitted just before it froze.
      expect(gaps.filter((gapMs) => gapMs < refreshMs / 2).length).toBeLessThanOrEqual(1);
    }
    expect(busiest(members.wire)).toBeLessThanOrEqual(8 * usual);
  });

  test.runIf(isThorough)('fade while Redis is frozen, and come back without a burst', async () => {
    await begin();
    forgetWire();
    server.signal('SIGSTOP');
    await wait(4_000);
    const meanwhile = members.startsOf().length;
    server.signal('SIGCONT');
    await wait(5_000);
    expect(meanwhile).toBeLessThanOrEqual(count);
    expect(busiest(members.wire)).toBeLessThanOrEqual(8 * usual);
    const late = members.startsOf().filter(({ atMs }) => atMs > Date.now() - 2_500);
    expect(new Set(late.map(({ chat }) => chat)).size).toBe(count);
    for (const by of [0, 1, 2]) {
      expect(
        members.redisNews.filter((news) => news.by === by && news.state === 'away'),
      ).toHaveLength(1);
    }
  });

  test('come back when Redis is restarted empty', async () => {
    await begin();
    forgetWire();
    await server.restart();
    await wait(6_000);
    expect(busiest(members.wire)).toBeLessThanOrEqual(8 * usual);
    const late = members.startsOf().filter(({ atMs }) => atMs > Date.now() - 2_500);
    expect(new Set(late.map(({ chat }) => chat)).size).toBe(count);
    // And they can be stopped from anywhere again, at once.
    for (const chat of chats) members.toSession(1, 'stop', chat);
    await expect.poll(() => members.stopsOf().length, { timeout: 3_000 }).toBe(count);
  });

  test.runIf(isThorough)('come back when Redis had no memory left', async () => {
    await begin();
    const redis = new Redis(server.url);
    await redis.config('SET', 'maxmemory', '1mb');
    await wait(3_000);
    forgetWire();
    await redis.config('SET', 'maxmemory', '0');
    await wait(4_000);
    redis.disconnect();
    expect(busiest(members.wire)).toBeLessThanOrEqual(8 * usual);
    const late = members.startsOf().filter(({ atMs }) => atMs > Date.now() - 2_500);
    expect(new Set(late.map(({ chat }) => chat)).size).toBe(count);
  });

  test.runIf(isThorough)('notice nothing of SCRIPT FLUSH, nor of lost subscriptions', async () => {
    await begin();
    forgetWire();
    const redis = new Redis(server.url);
    await redis.script('FLUSH');
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await wait(2_000);
    expect(longestGapMs(members.wire, chats)).toBeLessThan(2 * refreshMs);
    members.toSession(2, 'stop', 'chat 0');
    await expect.poll(() => members.stopsOf('chat 0').length).toBe(1);
    redis.disconnect();
  });
});
