import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type Fleet,
  fleetOf,
  type FleetOptions,
  memberOf,
  startsIn,
  stopsIn,
  wait,
} from './fleet.ts';
import { hasRedis, RedisServer } from './redis/redis-server.ts';

describe.skipIf(!hasRedis)('sessions of several processes', () => {
  let server: RedisServer;
  const fleets: Fleet[] = [];

  beforeAll(async () => {
    server = await RedisServer.start();
  });

  afterEach(async () => {
    await Promise.all(fleets.splice(0).map((made) => made.close()));
  });

  afterAll(() => server.close());

  function fleet(count: number, options?: FleetOptions): Fleet {
    const made = fleetOf(count, server, options);
    fleets.push(made);
    return made;
  }

  const alice = { chat: 'alice' };

  test('show one bubble: one process refreshes, the last stop clears', async () => {
    const three = fleet(3);
    const sessions = [];
    for (const { typing } of three.members) {
      const session = typing.keep('chat', alice);
      await session.opened;
      sessions.push(session);
    }
    await expect.poll(() => startsIn(three).length).toBeGreaterThanOrEqual(3);
    const starts = startsIn(three);
    expect(new Set(starts.map(({ by }) => by)).size).toBe(1);
    const gapsMs = starts.slice(1).map(({ atMs }, index) => atMs - (starts[index]?.atMs ?? 0));
    expect(Math.min(...gapsMs)).toBeGreaterThan(300);
    await sessions[0]?.stop();
    await sessions[1]?.stop();
    await expect.poll(() => startsIn(three).length).toBeGreaterThan(starts.length + 1);
    expect(stopsIn(three)).toHaveLength(0);
    await sessions[2]?.stop();
    await expect.poll(() => stopsIn(three).length).toBe(1);
    const before = startsIn(three).length;
    await wait(600);
    expect(startsIn(three)).toHaveLength(before);
    expect(stopsIn(three)).toHaveLength(1);
  });

  test('can be touched and stopped anywhere by their id', async () => {
    const two = fleet(2);
    const [one, other] = [memberOf(two, 0), memberOf(two, 1)];
    const session = one.typing.keep('chat', alice, { idleTimeoutMs: 2_000 });
    await session.opened;
    const distant = other.typing.session(session.id);
    for (let touches = 0; touches < 6; touches += 1) {
      await wait(500);
      distant?.touch();
    }
    expect(session.state).toBe('active');
    await distant?.stop();
    expect(stopsIn(two)).toHaveLength(1);
    await expect(session.closed).resolves.toBe('stopped');
    const count = startsIn(two).length;
    await wait(700);
    expect(startsIn(two)).toHaveLength(count);
  });

  test('end everywhere when one process stops the conversation', async () => {
    const two = fleet(2);
    const sessions = two.members.map(({ typing }) => typing.keep('chat', alice));
    await Promise.all(sessions.map(({ opened }) => opened));
    await wait(300);
    const owner = startsIn(two)[0]?.by ?? 0;
    const receipt = await memberOf(two, 1 - owner).typing.stop('chat', alice);
    expect(receipt.status).toBe('cleared');
    expect(stopsIn(two)).toHaveLength(1);
    expect(await Promise.all(sessions.map(({ closed }) => closed))).toEqual(['stopped', 'stopped']);
  });

  test('hide for a second when another process says that a message went out', async () => {
    const two = fleet(2, { capabilities: { refreshMs: 750 } });
    const session = memberOf(two, 0).typing.keep('chat', alice);
    await session.opened;
    await expect.poll(() => startsIn(two).length).toBe(1);
    const saidAtMs = performance.now();
    memberOf(two, 1).typing.messageSent('chat', alice);
    await expect.poll(() => startsIn(two).length).toBe(2);
    expect((startsIn(two)[1]?.atMs ?? 0) - saidAtMs).toBeGreaterThanOrEqual(880);
  });

  test('go on in another process when the one that refreshes them is closed', async () => {
    const two = fleet(2);
    const first = memberOf(two, 0).typing.keep('chat', alice);
    await first.opened;
    const second = memberOf(two, 1).typing.keep('chat', alice);
    await second.opened;
    await wait(300);
    expect(new Set(startsIn(two).map(({ by }) => by))).toEqual(new Set([0]));
    await memberOf(two, 0).typing.close();
    await expect.poll(() => startsIn(two).some(({ by }) => by === 1)).toBe(true);
    expect(stopsIn(two)).toHaveLength(0);
    await second.stop();
    await expect.poll(() => stopsIn(two).length).toBe(1);
  });

  test('are handed over at once when the process that shows them closes', async () => {
    const two = fleet(2);
    await memberOf(two, 0).typing.keep('chat', alice).opened;
    const distant = memberOf(two, 1).typing.keep('chat', { chat: 'bob' });
    await distant.opened;
    await expect.poll(() => startsIn(two).length).toBeGreaterThanOrEqual(2);
    const closing = memberOf(two, 1);
    const held = memberOf(two, 0).typing.keep('chat', { chat: 'bob' });
    await held.opened;
    await closing.typing.close();
    const closedAtMs = performance.now();
    await expect
      .poll(() => startsIn(two, 'bob').some(({ by }) => by === 0), { interval: 20 })
      .toBe(true);
    expect(
      (startsIn(two, 'bob').find(({ by }) => by === 0)?.atMs ?? Infinity) - closedAtMs,
    ).toBeLessThan(900);
  });

  test('share one budget', async () => {
    const three = fleet(3, { capabilities: { budget: { requests: 10, perMs: 3_000 } } });
    for (const [by, { typing }] of three.members.entries()) {
      for (let chat = 0; chat < 6; chat += 1) typing.keep('chat', { chat: `${by} ${chat}` });
    }
    await wait(6_500);
    const starts = startsIn(three);
    const most = Math.max(
      ...starts.map(
        ({ atMs }) =>
          starts.filter((other) => other.atMs >= atMs && other.atMs < atMs + 2_950).length,
      ),
    );
    expect(most).toBeLessThanOrEqual(10);
    expect(starts.length).toBeGreaterThan(14);
  });

  test('share one suspension, and try a refused credential one at a time', async () => {
    const three = fleet(3);
    for (const { provider } of three.members) provider.failNext('unauthenticated', { times: 99 });
    for (const [by, { typing }] of three.members.entries()) {
      for (let chat = 0; chat < 5; chat += 1) typing.keep('chat', { chat: `${by} ${chat}` });
    }
    await wait(4_000);
    const refused = startsIn(three).length;
    expect(refused).toBeGreaterThanOrEqual(2);
    expect(refused).toBeLessThanOrEqual(3);
    for (const { provider } of three.members) provider.reset();
    await expect
      .poll(() => new Set(startsIn(three).map(({ chat }) => chat)).size, { timeout: 10_000 })
      .toBe(15);
  });

  test('wait together when the vendor says to one that there were too many', async () => {
    const two = fleet(2);
    await wait(300);
    const saidAtMs = performance.now();
    memberOf(two, 0).typing.rateLimited('chat', alice, { retryAfterMs: 2_000 });
    await wait(100);
    const session = memberOf(two, 1).typing.keep('chat', alice);
    await expect.poll(() => startsIn(two).length).toBeGreaterThan(0);
    expect((startsIn(two)[0]?.atMs ?? 0) - saidAtMs).toBeGreaterThanOrEqual(1_990);
    await session.stop();
  });

  test('leave nothing in Redis that stays, and no secret and no id of a conversation in the names', async () => {
    const two = fleet(2);
    const session = memberOf(two, 0).typing.keep('chat', { chat: 'secret-chat' });
    await session.opened;
    await wait(100);
    const redis = new Redis(server.url);
    const immortal: string[] = [];
    for (const key of await redis.keys('fleet-*')) {
      if ((await redis.pttl(key)) === -1) immortal.push(key);
      expect(key).not.toContain('secret-chat');
    }
    redis.disconnect();
    expect(immortal).toEqual([]);
    await session.stop();
  });

  test('hear what people do, in every process', async () => {
    const two = fleet(2);
    await wait(200);
    const [one, other] = [memberOf(two, 0), memberOf(two, 1)];
    const session = one.typing.keep('chat', alice);
    await session.opened;
    const at = new Date();
    const where = { channel: 'chat', provider: 'fake', target: alice } as const;
    other.typing.receive({ ...where, state: 'started', at, eventId: '1', expiresInMs: 5_000 });
    await expect.poll(() => one.typing.isPeerTyping('chat', alice)).toBe(true);
    other.typing.receive({ ...where, state: 'stop-requested', at, eventId: '2' });
    await expect(session.closed).resolves.toBe('stop-requested');
    expect(session.signal.aborted).toBe(true);
  });
});
