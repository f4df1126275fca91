import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { remoteTyping } from '../src/index.ts';
import { chatAddress } from './chat-address.ts';
import { type Fleet, fleetOf, memberOf, startsIn, stopsIn, until, wait } from './fleet.ts';
import { hasRedis, RedisServer } from './redis/redis-server.ts';

describe.skipIf(!hasRedis)('a process without keys', () => {
  let server: RedisServer;
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    server = await RedisServer.start();
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });

  afterAll(() => server.close());

  function webhookAndWorkers(workers = 2): {
    readonly fleet: Fleet;
    readonly webhook: ReturnType<typeof remote>;
  } {
    const fleet = fleetOf(workers, server);
    const webhook = remote(fleet.prefix);
    open.push(fleet, webhook);
    return { fleet, webhook };
  }

  function remote(prefix: string) {
    const chat = chatAddress();
    return remoteTyping({ redis: server.url, channels: { chat }, prefix, onRedis: () => {} });
  }

  const alice = { chat: 'alice' };

  test('opens a session that others show after it has ended, and that any of them stops', async () => {
    const { fleet, webhook } = webhookAndWorkers();
    const { id, opened } = webhook.keep('chat', alice);
    await opened;
    await webhook.close();
    await until(() => startsIn(fleet).length >= 3);
    expect(new Set(startsIn(fleet).map(({ by }) => by)).size).toBe(1);
    const [{ by: owner } = { by: 0 }] = startsIn(fleet);
    await memberOf(fleet, 1 - owner)
      .typing.session(id)
      ?.stop();
    await until(() => stopsIn(fleet).length === 1);
    const starts = startsIn(fleet).length;
    await wait(800);
    expect(startsIn(fleet)).toHaveLength(starts);
  });

  test('shows while work runs, however long, and clears when it ends', async () => {
    const { fleet, webhook } = webhookAndWorkers();
    const value = await webhook.with('chat', alice, async (session) => {
      await until(() => startsIn(fleet).length >= 2);
      session.touch();
      return 'an answer';
    });
    expect(value).toBe('an answer');
    await until(() => stopsIn(fleet).length === 1);
  });

  test('ends by itself when nobody touches it', async () => {
    const { fleet, webhook } = webhookAndWorkers();
    await webhook.keep('chat', alice, { idleTimeoutMs: 1_000 }).opened;
    await until(() => stopsIn(fleet).length === 1);
    expect(startsIn(fleet).length).toBeGreaterThan(0);
    const starts = startsIn(fleet).length;
    await wait(700);
    expect(startsIn(fleet)).toHaveLength(starts);
  });

  test('sends once through whoever has the key, and gets the receipt', async () => {
    const { fleet, webhook } = webhookAndWorkers(1);
    const patient = { timeoutMs: 45_000 };
    await expect(webhook.send('chat', alice, patient)).resolves.toMatchObject({
      status: 'accepted',
      channel: 'chat',
    });
    expect(startsIn(fleet)).toHaveLength(1);
    memberOf(fleet, 0).provider.failNext('forbidden');
    await expect(webhook.send('chat', { chat: 'bob' }, patient)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('is told in time where nobody has the key', async () => {
    const webhook = remote('nobody-here');
    open.push(webhook);
    await expect(webhook.send('chat', alice, { timeoutMs: 500 })).rejects.toMatchObject({
      code: 'timeout',
    });
    await expect(webhook.stop('chat', alice)).resolves.toMatchObject({ status: 'expires' });
  });

  test('stops a conversation that others show, and hears that it is cleared', async () => {
    const { fleet, webhook } = webhookAndWorkers();
    const session = memberOf(fleet, 0).typing.keep('chat', alice);
    await session.opened;
    await until(() => startsIn(fleet).length > 0);
    const askedAtMs = performance.now();
    const { status } = await webhook.stop('chat', alice);
    // It says `expires` only where it has waited for a second in vain.
    expect(status === 'cleared' || performance.now() - askedAtMs >= 990).toBe(true);
    await expect(session.closed).resolves.toBe('stopped');
    await until(() => stopsIn(fleet).length === 1);
  });

  test('clears what it says of a wrong target, a wrong option and a wrong channel before anything is sent', () => {
    const webhook = remote('wrong');
    open.push(webhook);
    // What JavaScript may pass.
    const loose = webhook as unknown as { keep(...given: unknown[]): unknown };
    expect(() => loose.keep('chat', 'alice')).toThrow(/chat must be a string/);
    expect(() => loose.keep('chat', alice, { idleTimeoutMs: -1 })).toThrow(/idleTimeoutMs/);
    expect(() => loose.keep('fax', alice)).toThrow(/there is no such channel/);
    expect(() => remoteTyping({ redis: 'localhost', channels: {} })).toThrow(/redis must be a URL/);
  });
});
