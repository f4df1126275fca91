import { fakeProvider, type FakeProvider } from '@typingkit/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { remoteTyping, sharedTyping } from '../src/index.ts';
import { RedisCluster } from './redis/redis-cluster.ts';
import { hasRedis } from './redis/redis-server.ts';

interface TenantTarget {
  readonly tenant: string;
  readonly chat: string;
}

const patience = { timeout: 45_000 } as const;
const tenants = Array.from({ length: 12 }, (_, tenant) => `tenant ${tenant}`);

function tenantProvider(): FakeProvider<TenantTarget> {
  const chat = fakeProvider<TenantTarget>({
    capabilities: {
      ttl: { kind: 'fixed', ms: 1_500, source: 'documented' },
      refreshMs: 500,
      budget: { requests: 100, perMs: 1_000 },
    },
    conversationKey: (target) => `${target.tenant} ${target.chat}`,
  });
  return Object.assign(chat, { credentialKey: ({ tenant }: TenantTarget) => tenant });
}

describe.skipIf(!hasRedis)('a cluster of three nodes', () => {
  const open: { close(): Promise<void> }[] = [];

  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await each.close();
  });

  test('takes every script and every job, and spreads the credentials over its nodes', async () => {
    const cluster = await RedisCluster.start(3);
    open.push(cluster);
    // It finds the other nodes by one of them.
    const redis = {
      nodes: cluster.nodes.slice(0, 1).map(({ port }) => ({ host: '127.0.0.1', port })),
    };
    const chat = tenantProvider();
    const onRedis = (): void => {};
    const typing = sharedTyping({ redis, channels: { chat }, onRedis });
    const webhook = remoteTyping({ redis, channels: { chat: tenantProvider() }, onRedis });
    open.push(typing, webhook);

    const sessions = tenants.map((tenant) => webhook.keep('chat', { tenant, chat: 'alice' }));
    await Promise.all(sessions.map(({ opened }) => opened));
    const shown = (): number => new Set(chat.starts.map(({ target }) => target.tenant)).size;
    await expect.poll(shown, patience).toBe(tenants.length);
    const nodes = await cluster.keys('typingkit:{*}:c:*');
    expect(nodes.flat()).toHaveLength(tenants.length);
    expect(nodes.filter((keys) => keys.length > 0).length).toBeGreaterThan(1);

    for (const session of sessions) {
      session.touch();
      session.messageSent();
    }
    const before = chat.starts.length;
    await expect.poll(() => chat.starts.length, patience).toBeGreaterThan(before + tenants.length);
    await Promise.all(sessions.map((session) => session.stop()));
    await expect
      .poll(() => new Set(chat.stops.map(({ target }) => target.tenant)).size, patience)
      .toBe(tenants.length);
    expect(await cluster.crossings()).toBe(0);
  });
});
