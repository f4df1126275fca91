import { TypingError } from '@typingkit/core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { remoteTyping } from '../src/index.ts';
import { chatAddress } from './chat-address.ts';
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

const alice = { chat: 'alice' };
/** So long that nothing but what a test does lets a start go out. */
const slowly = {
  ttl: { kind: 'fixed', ms: 120_000, source: 'documented' },
  refreshMs: 90_000,
} as const;

describe.skipIf(!hasRedis)('what one process does for another', () => {
  let server: RedisServer;
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    server = await RedisServer.start();
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });

  afterAll(() => server.close());

  function fleet(count: number, options?: FleetOptions): Fleet {
    const made = fleetOf(count, server, options);
    open.push(made);
    return made;
  }

  function remote(prefix: string) {
    const chat = chatAddress();
    const made = remoteTyping({ redis: server.url, channels: { chat }, prefix, onRedis: () => {} });
    open.push(made);
    return made;
  }

  function statusesOf(by: number, its: Fleet): (string | undefined)[] {
    return startsIn(its)
      .filter((entry) => entry.by === by)
      .map(({ status }) => status);
  }

  test('the owner shows what a session says that was opened elsewhere, and what anybody says of it', async () => {
    const two = fleet(2, { capabilities: { ...slowly, status: true, minIntervalMs: 0 } });
    const own = memberOf(two, 0).typing.keep('chat', alice);
    await own.opened;
    await until(() => startsIn(two).length === 1);
    const other = memberOf(two, 1).typing.keep('chat', alice);
    await other.opened;
    other.update({ status: 'searches' });
    await until(() => statusesOf(0, two).includes('searches'));
    memberOf(two, 0).typing.session(other.id)?.update({ status: 'reads' });
    await until(() => statusesOf(0, two).includes('reads'));
    // Whoever spoke last is gone, and nobody says anything any more.
    await other.stop();
    await until(() => statusesOf(0, two).at(-1) === undefined);
    expect(stopsIn(two)).toEqual([]);
    await own.stop();
    await until(() => stopsIn(two).length === 1);
    expect(statusesOf(1, two)).toEqual([]);
  });

  test('a status that was said before anybody showed it is shown with the first start', async () => {
    const one = fleet(1, { capabilities: { ...slowly, status: true } });
    const webhook = remote(one.prefix);
    const session = webhook.keep('chat', alice);
    session.update({ status: 'thinks' });
    await expect.poll(() => statusesOf(0, one), { timeout: 45_000 }).toContain('thinks');
    await webhook.session(session.id)?.stop();
    await until(() => stopsIn(one).length === 1);
  });

  test('a wrong update is refused where it is said', () => {
    const webhook = remote('wrong');
    const session = webhook.keep('chat', alice);
    // What JavaScript may pass.
    const loose = session as unknown as { update(update: unknown): void };
    expect(() => loose.update({ state: 'thinks' })).toThrow(TypingError);
    expect(() => loose.update({ status: 1 })).toThrow(TypingError);
  });

  test('a process that leaves showing to others shows nothing, and takes nothing over', async () => {
    const one = fleet(1);
    const prefix = one.prefix;
    const lambda = fleet(1, { options: { refresh: 'elsewhere', prefix } });
    const session = memberOf(lambda, 0).typing.keep('chat', alice);
    await session.opened;
    await until(() => startsIn(one).length >= 2);
    expect(session.state).not.toBe('closed');
    // The one that shows it hands it over, to nobody.
    await memberOf(one, 0).typing.close();
    await wait(500);
    expect(startsIn(lambda)).toEqual([]);
    const next = fleet(1, { options: { prefix } });
    await until(() => startsIn(next).length >= 1);
    await session.stop();
    await until(() => stopsIn(next).length === 1);
    expect(startsIn(lambda)).toEqual([]);
    await expect(memberOf(lambda, 0).typing.send('chat', alice)).resolves.toMatchObject({
      status: 'accepted',
    });
  });

  test('what a vendor says of the whole credential keeps all budgets waiting, in all processes', async () => {
    const refusals = new Set(['red']);
    const two = fleet(2, {
      capabilities: { budget: { requests: 100, perMs: 1_000 } },
      budgetKey: ({ chat }) => chat,
      onStart: (_, { chat }) => {
        if (!refusals.delete(chat)) return;
        throw new TypingError({
          code: 'rate-limited',
          scope: 'credential',
          retryAfterMs: 2_000,
          reason: 'too many requests',
        });
      },
    });
    const red = memberOf(two, 0).typing.keep('chat', { chat: 'red' });
    await until(() => startsIn(two).length === 1);
    await red.opened;
    const refusedAtMs = startsIn(two)[0]?.atMs ?? 0;
    await until(() => memberOf(two, 0).events.some(({ type }) => type === 'failed'));
    // Redis has heard of it before it hears of this session.
    const blue = memberOf(two, 0).typing.keep('chat', { chat: 'blue' });
    await blue.opened;
    const green = memberOf(two, 1).typing.keep('chat', { chat: 'green' });
    await until(() => ['red', 'blue', 'green'].every((chat) => shown(two, chat)));
    for (const { atMs } of startsIn(two).slice(1)) {
      expect(atMs - refusedAtMs).toBeGreaterThanOrEqual(1_950);
    }
    await Promise.all([red.stop(), blue.stop(), green.stop()]);
  });

  function shown(two: Fleet, chat: string): boolean {
    return startsIn(two, chat).length >= (chat === 'red' ? 2 : 1);
  }

  test('a process with few conversations gets its share of a budget beside one with many', async () => {
    const two = fleet(2, {
      capabilities: {
        ttl: { kind: 'fixed', ms: 20_000, source: 'documented' },
        refreshMs: 500,
        budget: { requests: 12, perMs: 1_000 },
      },
      options: { leaseMs: 600 },
    });
    const few = ['few 0', 'few 1'];
    const many = Array.from({ length: 18 }, (_, chat) => `many ${chat}`);
    for (const chat of many) memberOf(two, 0).typing.keep('chat', { chat });
    for (const chat of few) memberOf(two, 1).typing.keep('chat', { chat });
    const count = (chats: readonly string[]): number =>
      startsIn(two).filter(({ chat }) => chats.includes(chat)).length;
    await until(() => count([...many, ...few]) >= 120);
    // Two of twenty: a tenth of all starts is their share.
    expect(count(few)).toBeGreaterThanOrEqual(5);
    // And each of the many is among those that were shown, again and again.
    for (const chat of many) expect(count([chat]), chat).toBeGreaterThanOrEqual(2);
  });

  test('a stream that is read in a process without keys is shown while it is read', async () => {
    const one = fleet(1);
    const webhook = remote(one.prefix);
    async function* answer(): AsyncGenerator<string, void> {
      yield 'Hello';
      await until(() => startsIn(one).length >= 2);
      yield 'Alice';
    }
    const chunks: string[] = [];
    for await (const chunk of webhook.with('chat', alice, answer())) chunks.push(chunk);
    expect(chunks).toEqual(['Hello', 'Alice']);
    await until(() => stopsIn(one).length === 1);
  });

  test('a stream that fails, and one that is left, ends its session and says so to its reader', async () => {
    const one = fleet(1);
    const webhook = remote(one.prefix);
    let isCleanedUp = false;
    async function* broken(): AsyncGenerator<string, void> {
      try {
        yield 'Hello';
        await until(() => startsIn(one).length >= 1);
        throw new Error('the model failed');
      } finally {
        isCleanedUp = true;
      }
    }
    const reading = async (): Promise<void> => {
      for await (const _ of webhook.with('chat', alice, broken())) void _;
    };
    await expect(reading()).rejects.toThrow('the model failed');
    await until(() => stopsIn(one).length === 1);
    isCleanedUp = false;
    for await (const _ of webhook.with('chat', alice, broken())) break;
    expect(isCleanedUp).toBe(true);
    // What JavaScript may pass.
    const loose = webhook as unknown as { with(...given: unknown[]): unknown };
    expect(() => loose.with('chat', alice, broken(), { until: 'never' })).toThrow(TypingError);
  });
});
