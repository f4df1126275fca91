import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasRedis, RedisServer } from '../../bullmq/test/redis/redis-server.ts';
import { startCli } from './run-cli.ts';
import { type SimulatedVendors, simulatedVendors } from './simulated-vendors.ts';

describe.skipIf(!hasRedis)('servers with one Redis', () => {
  let redis: RedisServer;
  let vendors: SimulatedVendors;

  beforeAll(async () => {
    redis = await RedisServer.start();
    vendors = await simulatedVendors();
  });
  afterAll(async () => {
    await vendors[Symbol.asyncDispose]();
    await redis.close();
  });

  async function serve(...flags: readonly string[]): Promise<string> {
    const env = { ...vendors.env, TYPINGKIT_IMESSAGE: 'linq' };
    const cli = startCli(['serve', '--port', '0', '--json', ...flags], { env });
    onTestFinished(async () => {
      cli.kill('SIGTERM');
      expect(await cli.ended).toMatchObject({ code: 0, stderr: '' });
    });
    return JSON.parse(await cli.printed('\n')).url;
  }

  it('touch and end a session that another one opened', async () => {
    const [one, other] = await Promise.all([
      serve('--redis', redis.url),
      serve('--redis', redis.url),
    ]);
    const { chatId } = vendors.chat();
    const opened = await fetch(`${one}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'imessage', target: { chatId } }),
    });
    const { id } = (await opened.json()) as { id: string };
    const bubbles = (): readonly { toMs: number | null }[] =>
      vendors.simulator.linq.recipientView(chatId);
    await expect.poll(bubbles).toMatchObject([{ toMs: null }]);

    const touched = await fetch(`${other}/v1/sessions/${id}/touch`, { method: 'POST' });
    expect(await touched.json()).toMatchObject({ id, state: 'elsewhere' });
    const paused = await fetch(`${other}/v1/sessions/${id}/pause`, { method: 'POST' });
    expect(await paused.json()).toMatchObject({ status: 409, code: 'session-elsewhere' });

    expect((await fetch(`${other}/v1/sessions/${id}`, { method: 'DELETE' })).status).toBe(200);
    await expect.poll(bubbles).toMatchObject([{ toMs: expect.any(Number) }]);
    await expect
      .poll(async () => (await fetch(`${one}/v1/sessions/${id}`)).json())
      .toMatchObject({ state: 'closed' });
  });
});
