import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it } from 'vitest';

import { call } from './vendor-calls.ts';

const COMMAND = fileURLToPath(new URL('../src/bin.ts', import.meta.url));
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: string[]): { firstLine: Promise<string>; ended: Promise<Ended> } {
  const started = spawn(process.execPath, [COMMAND, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child = started;
  // Where it is not asked to end with it, it serves although stdin ends at once.
  if (!args.includes('--with-parent')) started.stdin.end();
  let stdout = '';
  let stderr = '';
  started.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  started.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const firstLine = once(started.stdout, 'data').then(() => stdout);
  const ended = once(started, 'close').then(([code]) => ({
    code: typeof code === 'number' ? code : null,
    stdout,
    stderr,
  }));
  return { firstLine, ended };
}

interface Ready {
  readonly controlUrl: string;
  readonly vendors: Readonly<
    Record<'connectsafely' | 'linq', { readonly baseUrl: string; readonly apiKey: string }>
  >;
}

describe('The command typingkit-simulator', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints one line when it is ready, serves, and exits cleanly on %s',
    async (signal) => {
      const settings = [
        'linq.era=april',
        'linq.apiKeys=["key-1","key-2"]',
        'connectsafely.apiKeys=["key-3"]',
      ];
      const { firstLine, ended } = run(
        '--speed',
        '20',
        ...settings.flatMap((one) => ['--set', one]),
      );
      const ready: Ready = JSON.parse(await firstLine);
      expect(ready.vendors.linq.apiKey).toBe('key-1');
      expect(ready.vendors.connectsafely.apiKey).toBe('key-3');
      expect((await call(ready.controlUrl)).json).toMatchObject({
        speed: 20,
        vendors: ready.vendors,
      });
      expect((await call(`${ready.controlUrl}/linq/settings`)).json).toMatchObject({
        era: 'april',
        apiKeys: ['key-1', 'key-2'],
      });
      child?.kill(signal);
      const { code, stdout, stderr } = await ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    },
  );

  it('exits on a signal even while a request hangs', async () => {
    const { firstLine, ended } = run();
    const ready: Ready = JSON.parse(await firstLine);
    await call(`${ready.controlUrl}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"kind":"hang"}',
    });
    const hanging = Promise.allSettled([call(`${ready.vendors.linq.baseUrl}/v3`)]);
    await expect
      .poll(async () => (await call(`${ready.controlUrl}/requests`)).text)
      .toContain('"hang"');
    child?.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    expect(await hanging).toMatchObject([{ status: 'rejected' }]);
  });

  it('ends with its parent where it is asked to', async () => {
    const { firstLine, ended } = run('--with-parent');
    await firstLine;
    child?.stdin?.end();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('exits on a signal also while its parent lives', async () => {
    const { firstLine, ended } = run('--with-parent');
    await firstLine;
    child?.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('prints its usage', async () => {
    const { code, stdout } = await run('--help').ended;
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: typingkit-simulator');
  });

  it.each([
    [['--port', 'eighty'], '--port takes a number'],
    [['--set', 'linq'], '--set takes <vendor>.<setting>=<value>'],
    [['--set', 'nobody.era=may'], 'where the vendor is bluebubbles, connectsafely, '],
    [['--sped', '2'], '--sped'],
  ])('refuses %j with a sentence and its usage', async (args, sentence) => {
    const { code, stdout, stderr } = await run(...args).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).toContain('Usage:');
  });

  it('says why it cannot start', async () => {
    const first = run();
    const { port } = new URL(JSON.parse(await first.firstLine).url);
    const holder = child;
    const { code, stderr } = await run('--port', port).ended;
    holder?.kill('SIGTERM');
    await first.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('EADDRINUSE');
  });
});
