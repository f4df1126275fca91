import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Simulator, startSimulator } from '@typingkit/simulator';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasRedis, RedisServer } from '../../packages/bullmq/test/redis/redis-server.ts';
import { installApart } from '../../scripts/install-apart.ts';

const timeout = 180_000;
const patience = { timeout: 90_000 };
const old = fileURLToPath(new URL('old-bullmq', import.meta.url));
const program = fileURLToPath(
  new URL('../../examples/three-processes/src/sender.ts', import.meta.url),
);
const opener = fileURLToPath(new URL('old-bullmq/open-session.ts', import.meta.url));

describe.skipIf(!hasRedis)('BullMQ 5.81 and the newest side by side', { timeout }, () => {
  let redis: RedisServer;
  let simulator: Simulator;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    await installApart(old);
    [simulator, redis] = await Promise.all([startSimulator(), RedisServer.start()]);
  }, timeout);
  afterEach(async () => {
    for (const child of children.splice(0)) await kill(child);
    simulator.reset();
    await redis.restart();
  });
  afterAll(async () => {
    await Promise.all([simulator.close(), redis.close()]);
  });

  it.each([
    ['old', 'new'],
    ['new', 'old'],
  ] as const)(
    'a session that the %s one opened is shown by the %s one, and taken over',
    async (first, second) => {
      const { target } = simulator.telegram.createConversation({ chatId: 42 });
      const starts = (): number => simulator.requests({ conversation: '42' }).length;
      // One that can show it, one that opens it and ends.
      const showing = await start(second, program, 'ready');
      const opening = await start(first, opener, 'opened', JSON.stringify(target));
      await expect.poll(() => opening.exitCode, patience).toBe(0);
      await expect.poll(starts, patience).toBeGreaterThanOrEqual(2);
      // Of the other version, it takes over what the dead one showed.
      await start(first, program, 'ready');
      await kill(showing);
      const before = starts();
      await expect.poll(starts, patience).toBeGreaterThanOrEqual(before + 2);
    },
  );

  /** Runs a program with one of both, until it says that it is ready. */
  async function start(
    version: 'old' | 'new',
    path: string,
    isReady: string,
    ...args: readonly string[]
  ): Promise<ChildProcess> {
    const { environment } = simulator.telegram;
    const env = {
      PATH: process.env['PATH'],
      ...environment,
      TELEGRAM_BOT_ID: environment['TELEGRAM_BOT_TOKEN']?.split(':')[0],
      REDIS_URL: redis.url,
    };
    const preload = version === 'old' ? ['--import', `${old}/old-bullmq.ts`] : [];
    const child = spawn(process.execPath, [...preload, path, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    await expect.poll(() => lines, patience).toContain(isReady);
    expect(lines.includes('bullmq 5.81.0')).toBe(version === 'old');
    return child;
  }
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
