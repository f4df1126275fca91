import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { remoteTyping } from '../src/index.ts';
import { chatAddress } from './chat-address.ts';
import { type Fleet, fleetOf, memberOf, startsIn, stopsIn, wait } from './fleet.ts';
import { hasRedis, RedisServer } from './redis/redis-server.ts';

const patience = { timeout: 60_000 };

describe.skipIf(!hasRedis)(
  'a session that others show',
  { timeout: 120_000, concurrent: true },
  () => {
    let server: RedisServer;

    beforeAll(async () => {
      server = await RedisServer.start();
    });
    afterAll(() => server.close());

    const alice = { chat: 'alice' };

    /** A process without a key, whose heart beats three times a second, and one with it. */
    function webhookAndWorker() {
      const worker = fleetOf(1, server);
      const webhook = remoteTyping({
        redis: server.url,
        channels: { chat: chatAddress() },
        prefix: worker.prefix,
        leaseMs: 900,
        onRedis: () => {},
      });
      onTestFinished(async () => {
        await Promise.all([worker.close(), webhook.close()]);
      });
      return { worker, webhook };
    }

    /** Nothing may raise it again. It waits for what would: a machine that is slow can only miss a mistake. */
    async function staysDown(worker: Fleet): Promise<void> {
      await expect.poll(() => stopsIn(worker).length, patience).toBe(1);
      const starts = startsIn(worker).length;
      await wait(4_000);
      expect(startsIn(worker)).toHaveLength(starts);
    }

    test('stays ended when another process has ended it, though it was touched just before', async () => {
      const { webhook, worker } = webhookAndWorker();
      const session = webhook.keep('chat', alice, { idleTimeoutMs: 8_000 });
      await session.opened;
      await expect.poll(() => startsIn(worker).length, patience).toBeGreaterThan(0);
      session.touch();
      await memberOf(worker, 0).typing.session(session.id)?.stop();
      await staysDown(worker);
    });

    test('stays ended when another process has ended all of its conversation', async () => {
      const { webhook, worker } = webhookAndWorker();
      const session = webhook.keep('chat', alice, { idleTimeoutMs: 8_000 });
      await session.opened;
      await expect.poll(() => startsIn(worker).length, patience).toBeGreaterThan(0);
      session.touch();
      await memberOf(worker, 0).typing.stop('chat', alice);
      await staysDown(worker);
    });

    test('stays ended when its own process has ended it by its id', async () => {
      const { webhook, worker } = webhookAndWorker();
      const session = webhook.keep('chat', alice, { idleTimeoutMs: 8_000 });
      await session.opened;
      await expect.poll(() => startsIn(worker).length, patience).toBeGreaterThan(0);
      session.touch();
      await webhook.session(session.id)?.stop();
      await staysDown(worker);
    });
  },
);
