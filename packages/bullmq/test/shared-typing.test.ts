import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type Fleet,
  fleetOf,
  type FleetOptions,
  memberOf,
  startsIn,
  stopsIn,
  until,
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
    // Three sessions at a cadence of 400 ms: not more often than one.
    const spanMs = (starts.at(-1)?.atMs ?? 0) - (starts[0]?.atMs ?? 0);
    expect(starts.length).toBeLessThanOrEqual(spanMs / 300 + 2);
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
    const openedAtMs = performance.now();
    const session = one.typing.keep('chat', alice, { idleTimeoutMs: 3_000 });
    await session.opened;
    const distant = other.typing.session(session.id);
    // Longer than it lives without a sign of life; a machine that is thirty times slower is in time still.
    while (performance.now() - openedAtMs < 4_500) {
      await wait(100);
      distant?.touch();
    }
    expect(session.state).toBe('active');
    await distant?.stop();
    await until(() => stopsIn(two).length > 0);
    await expect(session.closed).resolves.toBe('stopped');
    const count = startsIn(two).length;
    await wait(700);
    expect(startsIn(two)).toHaveLength(count);
    expect(stopsIn(two)).toHaveLength(1);
  });

  test('end everywhere when one process stops the conversation', async () => {
    const two = fleet(2);
    const sessions = two.members.map(({ typing }) => typing.keep('chat', alice));
    await Promise.all(sessions.map(({ opened }) => opened));
    await until(() => startsIn(two).length > 0);
    const owner = startsIn(two)[0]?.by ?? 0;
    const askedAtMs = performance.now();
    const receipt = await memberOf(two, 1 - owner).typing.stop('chat', alice);
    // It says `expires` only where it has waited for a second in vain.
    expect(receipt.status === 'cleared' || performance.now() - askedAtMs >= 990).toBe(true);
    await until(() => stopsIn(two).length === 1);
    expect(await Promise.all(sessions.map(({ closed }) => closed))).toEqual(['stopped', 'stopped']);
  });

  test('hide for a second when another process says that a message went out', async () => {
    const ttl = { kind: 'fixed', ms: 120_000, source: 'documented' } as const;
    const two = fleet(2, { capabilities: { ttl, refreshMs: 90_000 } });
    const session = memberOf(two, 0).typing.keep('chat', alice);
    await session.opened;
    await until(() => startsIn(two).length === 1);
    const saidAtMs = performance.now();
    memberOf(two, 1).typing.messageSent('chat', alice);
    await until(() => startsIn(two).length === 2);
    expect((startsIn(two)[1]?.atMs ?? 0) - saidAtMs).toBeGreaterThanOrEqual(880);
  });

  test('go on in another process when the one that refreshes them is closed', async () => {
    const two = fleet(2);
    const first = memberOf(two, 0).typing.keep('chat', alice);
    await first.opened;
    const second = memberOf(two, 1).typing.keep('chat', alice);
    await second.opened;
    await until(() => startsIn(two).some(({ by }) => by === 0));
    await memberOf(two, 0).typing.close();
    await until(() => startsIn(two).some(({ by }) => by === 1));
    expect(stopsIn(two)).toHaveLength(0);
    await second.stop();
    await expect.poll(() => stopsIn(two).length).toBe(1);
  });

  test('are handed over at once when the process that shows them closes', async () => {
    // A lease that lasts longer than this test waits.
    const two = fleet(2, { options: { leaseMs: 60_000 } });
    const bob = { chat: 'bob' };
    await memberOf(two, 1).typing.keep('chat', bob).opened;
    await until(() => startsIn(two, 'bob').length > 0);
    await memberOf(two, 0).typing.keep('chat', bob).opened;
    await memberOf(two, 1).typing.close();
    await until(() => startsIn(two, 'bob').some(({ by }) => by === 0));
    expect(stopsIn(two)).toHaveLength(0);
  });

  test('share one budget', async () => {
    const three = fleet(3, { capabilities: { budget: { requests: 10, perMs: 3_000 } } });
    for (const [by, { typing }] of three.members.entries()) {
      for (let chat = 0; chat < 6; chat += 1) typing.keep('chat', { chat: `${by} ${chat}` });
    }
    const beganAtMs = performance.now();
    await until(() => startsIn(three).length > 14);
    await wait(1_000);
    const windows = Math.floor((performance.now() - beganAtMs) / 3_000) + 2;
    // Without a budget there were fifty in each window.
    expect(startsIn(three).length).toBeLessThanOrEqual(10 * windows);
  });

  test('share one suspension, and try a refused credential one at a time', async () => {
    const three = fleet(3);
    for (const { provider } of three.members) provider.failNext('unauthenticated', { times: 99 });
    for (const [by, { typing }] of three.members.entries()) {
      for (let chat = 0; chat < 5; chat += 1) typing.keep('chat', { chat: `${by} ${chat}` });
    }
    const beganAtMs = performance.now();
    await until(() => startsIn(three).length >= 3);
    const elapsedMs = performance.now() - beganAtMs;
    // After 1 s, 2 s more, 4 s more, and so on; one more where the first answer took longer than all wait for it.
    const probes = Math.floor(Math.log2(elapsedMs / 1_000 + 1)) + 2;
    expect(startsIn(three).length).toBeLessThanOrEqual(probes);
    for (const { provider } of three.members) provider.reset();
    await expect
      .poll(() => new Set(startsIn(three).map(({ chat }) => chat)).size, { timeout: 45_000 })
      .toBe(15);
  });

  test('wait together when the vendor says to one that there were too many', async () => {
    const two = fleet(2);
    const redis = new Redis(server.url);
    const saidAtMs = performance.now();
    memberOf(two, 0).typing.rateLimited('chat', alice, { retryAfterMs: 2_000 });
    await expect
      .poll(async () => (await redis.keys(`${two.prefix}:*:k`)).length, { timeout: 45_000 })
      .toBe(1);
    redis.disconnect();
    const session = memberOf(two, 1).typing.keep('chat', alice);
    await until(() => startsIn(two).length > 0);
    expect((startsIn(two)[0]?.atMs ?? 0) - saidAtMs).toBeGreaterThanOrEqual(1_990);
    await session.stop();
  });

  test('leave nothing in Redis that stays, and no secret and no id of a conversation in the names', async () => {
    const two = fleet(2);
    const session = memberOf(two, 0).typing.keep('chat', { chat: 'secret-chat' });
    await session.opened;
    await until(() => startsIn(two).length > 0);
    const redis = new Redis(server.url);
    for (const key of await redis.keys('fleet-*')) expect(key).not.toContain('secret-chat');
    // A key that has just been made may get its expiry with the next command.
    const immortal = async (): Promise<string[]> => {
      const keys = await redis.keys(`${two.prefix}:*`);
      const lives = await Promise.all(keys.map((key) => redis.pttl(key)));
      return keys.filter((_, place) => lives[place] === -1);
    };
    await expect.poll(immortal).toEqual([]);
    redis.disconnect();
    await session.stop();
  });

  test('hear what people do, in every process', async () => {
    const two = fleet(2);
    const [one, other] = [memberOf(two, 0), memberOf(two, 1)];
    const session = one.typing.keep('chat', alice);
    await session.opened;
    const redis = new Redis(server.url);
    const inbound = `${two.prefix}:inbound:chat`;
    await expect.poll(() => redis.call('PUBSUB', 'NUMSUB', inbound)).toEqual([inbound, 2]);
    redis.disconnect();
    const at = new Date();
    const where = { channel: 'chat', provider: 'fake', target: alice } as const;
    other.typing.receive({ ...where, state: 'started', at, eventId: '1', expiresInMs: 60_000 });
    await until(() => one.typing.isPeerTyping('chat', alice));
    other.typing.receive({ ...where, state: 'stop-requested', at, eventId: '2' });
    await expect(session.closed).resolves.toBe('stop-requested');
    expect(session.signal.aborted).toBe(true);
  });
});
