import { fakeProvider } from '@typingkit/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { remoteTyping, sharedTyping } from '../src/index.ts';
import { runToExit } from './run-to-exit.ts';
import { fleetOf, memberOf } from './fleet.ts';
import { hasRedis, RedisServer } from './redis/redis-server.ts';

const nowhere = 'redis://127.0.0.1:9';
const channels = { chat: fakeProvider() };

describe('a process whose Redis was never there', () => {
  test('can be closed, twice', async () => {
    const given = { redis: nowhere, channels, onRedis: () => {} };
    for (const typing of [sharedTyping(given), remoteTyping(given)]) {
      await typing.close();
      await expect(typing.close()).resolves.toBeUndefined();
    }
  });

  test('ends by itself', { timeout: 120_000 }, async () => {
    const given = [
      { redis: nowhere },
      { redis: { nodes: [{ host: '127.0.0.1', port: 9 }] } },
      // One that is refused when connections are open already.
      { redis: nowhere, leasMs: 1 },
    ];
    expect(await runToExit('close-and-exit.ts', given)).toBe(0);
  });

  test(
    'does not mind what its observer throws, or what it does',
    { timeout: 120_000 },
    async () => {
      const heard: string[] = [];
      const typing = sharedTyping({
        redis: nowhere,
        channels,
        onRedis: async (state) => {
          heard.push(state);
          await typing.close();
          throw new Error('an observer');
        },
      });
      typing.keep('chat', { id: 'alice' });
      await expect.poll(() => heard, { timeout: 60_000 }).toEqual(['away']);
      await typing.close();
    },
  );
});

describe.skipIf(!hasRedis)('a process whose Redis goes away', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server.close());

  test('can be closed all the same', { timeout: 120_000 }, async () => {
    const fleet = fleetOf(2, server);
    const session = memberOf(fleet, 0).typing.keep('chat', { chat: 'alice' });
    await session.opened;
    await server.kill();
    await fleet.close();
    await expect(session.closed).resolves.toBe('closed');
  });
});
