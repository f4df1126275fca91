import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Simulator, startSimulator } from '@typingkit/simulator';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endLeftovers, runDemo } from '../../examples/demo/test/run-demo.ts';
import { hasRedis, RedisServer } from '../../packages/bullmq/test/redis/redis-server.ts';

const timeout = 180_000;
const chatId = 42;

describe.skipIf(!hasRedis)('The demo of three processes', () => {
  afterEach(endLeftovers);

  it(
    'shows the indicator of a worker that is killed, and ends with the message',
    { timeout },
    async () => {
      const run = runDemo(['--', '--processes'], { NO_COLOR: '1' });
      const { code, lines, stderr, stdout } = await run.ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(run.isAnyoneLeft()).toBe(false);
      expect(stdout).toMatch(/^[\n -~]*$/);
      expect(lines.filter((line) => line.length > 80)).toEqual([]);

      const row = (label: string): string =>
        lines.find((line) => line.startsWith(`    ${label} `)) ?? '';
      expect(row('webhook')).toMatch(/\. opens the session$/);
      const killed = row('worker').indexOf('!');
      // It typed, was killed, and another one thought anew.
      expect(row('worker').slice(0, killed)).toContain('^');
      expect(row('worker').slice(killed)).toMatch(/\.{3,}/);
      // The sender, or the new worker where that was there sooner.
      const next = Math.max(...['sender', 'worker'].map((name) => row(name).indexOf('^', killed)));
      expect(next).toBeGreaterThan(killed);
      expect(row('sender')).toMatch(/@$/);
      expect(row('recipient')).toMatch(/={3,} message$/);

      const words = stdout.replaceAll(/\s+/g, ' ');
      expect(words).toContain(
        'Telegram sent the message twice, and the webhook opened one session.',
      );
      expect(words).toMatch(
        /was killed with SIGKILL\. [\d.]+ s later the (?:sender|worker) typed\./,
      );
      expect(words).toMatch(
        /Bubble It (never went away until the message came|was gone for .* came back)\./,
      );
      expect(words).toMatch(
        /A new worker was started\. [\d.]+ s after the kill BullMQ gave it the question/,
      );
      expect(words).toContain('and its message took the bubble away.');
    },
  );

  it('leaves nobody behind where it is killed, not even its Redis', { timeout }, async () => {
    const run = runDemo(['--processes']);
    const isRunning = (file: string) => (): boolean =>
      execFileSync('ps', ['-eo', 'pgid=,args='], { encoding: 'utf8' })
        .split('\n')
        .some((row) => Number.parseInt(row, 10) === run.pid && row.includes(file));
    for (const file of ['redis-server', 'worker.ts', 'webhook.ts']) {
      await expect.poll(isRunning(file), { timeout: timeout / 2 }).toBe(true);
    }
    run.process.kill('SIGKILL');
    await expect.poll(run.isAnyoneLeft, { timeout: timeout / 2 }).toBe(false);
  });

  it('ends with all that it started on Ctrl-C', { timeout }, async () => {
    const run = runDemo(['--processes']);
    await run.says('three processes');
    run.process.kill('SIGINT');
    expect(await run.ended).toMatchObject({ code: 130, stderr: '' });
    await expect.poll(run.isAnyoneLeft, { timeout: timeout / 2 }).toBe(false);
  });
});

describe.skipIf(!hasRedis)('What docs/processes.md shows besides', () => {
  let simulator: Simulator;
  let redis: RedisServer;
  const children: ChildProcess[] = [];
  let environment: Record<string, string>;

  beforeAll(async () => {
    [simulator, redis] = await Promise.all([startSimulator(), RedisServer.start()]);
    simulator.telegram.createConversation({ chatId });
    simulator.telegram.createConversation({ chatId: chatId + 1 });
    environment = {
      ...simulator.telegram.environment,
      TELEGRAM_BOT_ID: simulator.telegram.environment['TELEGRAM_BOT_TOKEN']?.split(':')[0] ?? '',
      REDIS_URL: redis.url,
    };
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    simulator.forgetRequests();
  });
  afterAll(async () => {
    await Promise.all([simulator.close(), redis.close()]);
  });

  const typed = (): number => simulator.requests({ conversation: String(chatId) }).length;

  /** Runs a program with the Node of this test. @returns it, and the first line that it prints. */
  async function start(
    file: string,
  ): Promise<{ child: ChildProcess; line: string; next: () => Promise<string> }> {
    const path = fileURLToPath(new URL(file, import.meta.url));
    const env = { PATH: process.env['PATH'], ...environment };
    const child = spawn(process.execPath, [path], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const ended = once(child, 'exit').then(([code]) => `it ended with ${code}`);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = (): Promise<string> =>
      Promise.race([lines.next().then(({ value }) => String(value)), ended]);
    return { child, line: await next(), next };
  }

  it('a function is frozen between its steps, and the indicator stays', { timeout }, async () => {
    const { child, line: url } = await start('three-processes/serve-function.ts');
    const step = async (given: object): Promise<{ typing: string }> => {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(given) });
      expect(response.status).toBe(200);
      // What the function of the page returns.
      return (await response.json()) as { typing: string };
    };
    await start('../../examples/three-processes/src/sender.ts');

    const { typing } = await step({ target: { chatId }, isLast: false });
    child.kill('SIGSTOP');
    await expect.poll(typed, { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
    child.kill('SIGCONT');
    const again = await step({ target: { chatId }, isLast: false, typing });
    expect(again).toEqual({ target: { chatId }, typing });
    await step({ target: { chatId }, isLast: true, typing });
    const before = typed();
    // In this time there would be two refreshes. One start may have been on its way.
    await new Promise((resolve) => setTimeout(resolve, 9_000));
    expect(typed()).toBeLessThanOrEqual(before + 1);
  });

  it(
    'a container gives all who ask the same, and closes it when the process ends',
    { timeout },
    async () => {
      const { child, line, next } = await start('three-processes/resolve-twice.ts');
      expect(line).toBe('the same');
      expect(await next()).toBe('accepted');
      await expect.poll(() => child.exitCode, { timeout: 60_000 }).toBe(0);
    },
  );
});
