import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownProviders } from 'typingkit';
import { runCli, startCli } from './run-cli.ts';

const config = fileURLToPath(new URL('./own-channel.ts', import.meta.url));
const target = ['pager', '--room-name', 'lobby'];
let server: Server;
let env: Record<string, string>;
let received: unknown[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push(JSON.parse(body));
      response.end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  env = { ACME_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
});
afterAll(() => void server.close());

const run = (args: readonly string[]) => {
  received = [];
  return runCli([...args, '--config', config], { env });
};

describe('a channel of the user’s own', { timeout: 30_000 }, () => {
  it('is sent to with the flags of its own target', async () => {
    const { code, stdout, stderr } = await run(['send', ...target, '--thread-id', '7']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'accepted by Acme: it stays until it is stopped\n',
    });
    expect(stderr).toContain('warning: Everybody in the room sees it.\n');
    expect(stderr).toContain('Not seen? typingkit diagnose pager --room-name lobby --thread-id 7 ');
    expect(received).toEqual([{ roomName: 'lobby', threadId: '7', types: true }]);
  });

  it('is stopped, and kept alive without a refresh where it needs none', async () => {
    expect((await run(['stop', ...target])).stdout).toBe('cleared by Acme\n');
    received = [];
    const cli = startCli(['keep', ...target, '--config', config], { env });
    expect(await cli.printed('\n')).toContain('; no refresh is needed\n');
    cli.kill('SIGINT');
    expect((await cli.ended).stdout).toContain('warning: Everybody in the room sees it.\n');
    expect(received).toEqual([
      { roomName: 'lobby', types: true },
      { roomName: 'lobby', types: false },
    ]);
  });

  it('stands in the list, in help and in completion like ours', async () => {
    const { stdout } = await run(['channels', 'pager']);
    expect(stdout).toMatch(/^one start shows for +until stopped$/m);
    expect(stdout).toMatch(/^also +marks messages as read$/m);
    expect(stdout).toContain('Try: typingkit send pager --room-name lobby');
    expect((await run(['send', '--help'])).stdout).toContain('through Acme');
    const completed = await runCli(['complete', '--', 'send', '--config', config, 'pager', '--']);
    expect(completed.stdout).toContain('--room-name\tthe room');
  });

  it('names the setting that is missing', async () => {
    const { code, stderr } = await runCli(['send', ...target, '--config', config]);
    expect(code).toBe(10);
    expect(stderr).toContain('Set ACME_URL in the environment or in a .env file here');
  });

  it.each([
    ['a file that is not there', 'nowhere.ts', 'cannot be loaded'],
    [
      'a file without channels',
      fileURLToPath(new URL('./run-cli.ts', import.meta.url)),
      'no channels',
    ],
  ])('is not found in %s, which is said', async (_, file, words) => {
    const { code, stderr } = await runCli(['channels', '--config', file]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr).toContain('array of ChannelDescription');
  });
});

it('no channel is named in the sources: a new adapter needs no line here', async () => {
  const folder = fileURLToPath(new URL('../src/', import.meta.url));
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(20);
  // Only as a string: `line` and `signal` are also ordinary words.
  const names = new RegExp(
    `['"\`](?:${knownProviders.map(({ channel }) => channel).join('|')})['"\`]`,
  );
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  expect(files.filter((_, index) => names.test(texts[index] ?? ''))).toEqual([]);
});
