import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { isThorough } from '../../../../test/long/thorough.ts';
import { steadyMs } from '../../src/redis/presence.ts';
import { hasRedis, RedisServer } from '../redis/redis-server.ts';
import { watchRedis } from './lateness.ts';
import { busiest, Members, wait, type WireLine } from './members.ts';

const refreshMs = 2_000;
const leaseMs = 1_500;
const count = 120;
const chats = Array.from({ length: count }, (_, chat) => `chat ${chat}`);
/** How many starts of one conversation there are in 100 ms where nothing is wrong. */
const usualOfOne = 100 / refreshMs;
/** What a process or Redis was late by comes together with what is due anyway, at each of them once. */
const standstillsInAPath = 3;

describe.skipIf(!hasRedis || !isThorough)(
  'three processes with many conversations',
  { timeout: 600_000 },
  () => {
    let server: RedisServer;
    let members: Members | undefined;
    let unwatch: (() => void) | undefined;

    afterEach(async () => {
      members?.close();
      unwatch?.();
      members = undefined;
      await server.close();
    });

    async function begin(options: readonly string[] = []): Promise<Members> {
      server = await RedisServer.start(options);
      const three = new Members({
        redis: server.url,
        leaseMs,
        refreshMs,
        ttlMs: 5_000,
        vendorMs: 20,
      });
      members = three;
      await three.startMany(3);
      for (const [index, chat] of chats.entries()) {
        three.keep(index % 3, chat, chat, 600_000);
        // Their starts are not to fall together.
        await wait(refreshMs / count);
      }
      await allStartAgain(three);
      unwatch = watchRedis(server.url, three.lateness);
      return three;
    }

    /** Waits until each conversation has been started after now. */
    async function allStartAgain(three: Members, who = chats, times = 1): Promise<void> {
      const sinceMs = Date.now();
      const missing = (): string[] =>
        who.filter((chat) => startsSince(three, sinceMs, chat).length < times);
      await expect.poll(missing, { timeout: 60_000 }).toEqual([]);
    }

    function startsSince(three: Members, sinceMs: number, chat?: string): WireLine[] {
      return three.startsOf(chat).filter(({ atMs }) => atMs > sinceMs);
    }

    /** No more than eight times what there is where nothing is wrong, and what came late because the machine did. */
    function expectNoBurst(three: Members, sinceMs: number, who = chats): void {
      const usual = usualOfOne * who.length;
      const lateMs = three.lateness.worstMs(sinceMs);
      const atMost = usual * (8 + (standstillsInAPath * lateMs) / 100);
      const starts = startsSince(three, sinceMs).filter(({ chat }) => who.includes(chat));
      expect(busiest(starts), `the machine was late by ${lateMs} ms`).toBeLessThanOrEqual(atMost);
    }

    /** Stops all from one process; what was stopped before Redis knew of it again is stopped once more. */
    async function stopAll(three: Members): Promise<void> {
      const up = (): string[] => {
        const left = chats.filter((chat) => three.stopsOf(chat).length === 0);
        for (const chat of left) three.toSession(1, 'stop', chat);
        return left;
      };
      await expect.poll(up, { timeout: 60_000, interval: 2_000 }).toEqual([]);
    }

    test('go on when one of them is killed, without a burst', async () => {
      const three = await begin();
      const orphans = chats.filter((chat) => three.startsOf(chat).at(-1)?.by === 0);
      expect(orphans.length).toBeGreaterThan(0);
      const killedAtMs = Date.now();
      three.signal(0, 'SIGKILL');
      const adopted = (): number =>
        new Set(
          startsSince(three, killedAtMs)
            .filter(({ by }) => by !== 0)
            .map(({ chat }) => chat),
        ).size;
      await expect.poll(adopted, { timeout: 60_000 }).toBe(count);
      expectNoBurst(three, killedAtMs, orphans);
      await stopAll(three);
      // A start that was admitted before a stop may be behind it, and is cleared again.
      await wait(refreshMs);
      const sinceMs = Date.now();
      await wait(2 * refreshMs);
      expect(startsSince(three, sinceMs)).toEqual([]);
    });

    test('are not doubled by one that was frozen and thaws', async () => {
      const three = await begin();
      const own = chats.filter((chat) => three.startsOf(chat).at(-1)?.by === 0);
      const sinceMs = Date.now();
      const thaw = three.freeze(0);
      const taken = (): number =>
        own.filter((chat) => startsSince(three, sinceMs, chat).some(({ by }) => by !== 0)).length;
      await expect.poll(taken, { timeout: 60_000 }).toBe(own.length);
      const thawedAtMs = Date.now();
      thaw();
      await allStartAgain(three, chats, 2);
      expectNoBurst(three, thawedAtMs);
      // Where the machine keeps the others from giving a sign of life, this one may have taken over again.
      if (three.lateness.worstMs(sinceMs) > leaseMs / 3) return;
      for (const chat of own) {
        // One start may have been admitted just before it froze. Whatever it asks after that is not its own any more.
        const late = startsSince(three, thawedAtMs, chat).filter(({ by }) => by === 0);
        expect(late.length, chat).toBeLessThanOrEqual(1);
      }
    });

    test('fade while Redis is frozen, and come back without a burst', async () => {
      const three = await begin();
      const frozenAtMs = Date.now();
      server.signal('SIGSTOP');
      const away = (by: number): number =>
        three.redisNews.filter(
          (news) => news.by === by && news.state === 'away' && news.atMs >= frozenAtMs,
        ).length;
      const state = (by: number): string =>
        three.redisNews.findLast((news) => news.by === by)?.state ?? 'never away';
      await expect
        .poll(() => [0, 1, 2].map(state), { timeout: 60_000 })
        .toEqual(['away', 'away', 'away']);
      await wait(2 * refreshMs);
      const meanwhile = startsSince(three, frozenAtMs).length;
      // What was admitted before, and no more.
      expect(meanwhile).toBeLessThanOrEqual(count);
      for (const by of [0, 1, 2]) expect(away(by), `process ${by}`).toBeLessThanOrEqual(1);
      server.signal('SIGCONT');
      three.lateness.excuse(frozenAtMs, Date.now());
      const thawedAtMs = Date.now();
      await allStartAgain(three);
      expectNoBurst(three, thawedAtMs);
      await expect
        .poll(() => [0, 1, 2].map(state), { timeout: 60_000 })
        .toEqual(['back', 'back', 'back']);
      for (const by of [0, 1, 2]) {
        const news = three.redisNews.filter((each) => each.by === by && each.atMs >= frozenAtMs);
        for (const [place, { atMs }] of news.entries()) {
          const before = news[place - 1];
          if (before?.state !== 'away') continue;
          // However often it came and went: it has answered for some seconds before it is back.
          expect(news[place]?.state).toBe('back');
          expect(atMs - before.atMs).toBeGreaterThanOrEqual(steadyMs);
        }
      }
    });

    test('come back when Redis is restarted empty', async () => {
      const three = await begin();
      const killedAtMs = Date.now();
      await server.restart();
      three.lateness.excuse(killedAtMs, Date.now());
      await allStartAgain(three);
      expectNoBurst(three, killedAtMs);
      // And they can be stopped from anywhere again.
      await stopAll(three);
      expect(three.failures).toEqual([]);
    });

    test('come back when Redis had no memory left', async () => {
      const three = await begin();
      const redis = new Redis(server.url);
      await redis.config('SET', 'maxmemory', '1mb');
      await expect
        .poll(() => new Set(three.redisNews.map(({ by }) => by)).size, { timeout: 60_000 })
        .toBe(3);
      const givenAtMs = Date.now();
      await redis.config('SET', 'maxmemory', '0');
      redis.disconnect();
      await allStartAgain(three);
      expectNoBurst(three, givenAtMs);
    });

    test('notice nothing of SCRIPT FLUSH, nor of lost subscriptions', async () => {
      const three = await begin();
      const redis = new Redis(server.url);
      const sinceMs = Date.now();
      await redis.script('FLUSH');
      await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      redis.disconnect();
      await allStartAgain(three, chats, 2);
      const lateMs = three.lateness.worstMs(sinceMs);
      // Where the machine stood still, Redis did, too, as far as anybody can tell.
      const said = lateMs > 500 ? [] : three.redisNews.filter(({ atMs }) => atMs >= sinceMs);
      expect(said).toEqual([]);
      three.toSession(2, 'stop', 'chat 0');
      await expect.poll(() => three.stopsOf('chat 0').length, { timeout: 60_000 }).toBe(1);
      expect(three.failures).toEqual([]);
    });
  },
);
