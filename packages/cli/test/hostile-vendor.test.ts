import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, startCli } from './run-cli.ts';

const config = fileURLToPath(new URL('./hostile-channel.ts', import.meta.url));
const hostile = '\u001B]0;pwned\u0007\u202E\u2028\u009B31m\rerror: not ours\n';
// oxlint-disable-next-line no-control-regex -- these are what must not be there.
const raw = /(?!\n)[\u0000-\u001F\u007F-\u009F\u2028\u2029]|\p{Cf}/u;

let server: Server;
let env: Record<string, string>;

beforeAll(async () => {
  const subscription = {
    id: hostile,
    target_url: `https://bot.example/${hostile}`,
    signing_secret: `whsec_${hostile}`,
    subscribed_events: [hostile],
    phone_numbers: [hostile],
    is_active: true,
  };
  server = createServer((request, response) => {
    response.writeHead(request.method === 'POST' ? 201 : 200, {
      'content-type': 'application/json',
    });
    response.end(
      JSON.stringify(request.method === 'POST' ? subscription : { subscriptions: [subscription] }),
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  env = { LINQ_API_KEY: 'k', LINQ_API_BASE_URL: `http://127.0.0.1:${port}` };
});
afterAll(() => void server.close());

describe('what a vendor says', { timeout: 30_000 }, () => {
  it.each([
    ['send', 'pager', '--where', 'lobby', '--verbose'],
    ['send', 'pager', '--where', 'nowhere', '--verbose'],
    ['stop', 'pager', '--where', 'lobby'],
    ['diagnose', 'pager', '--where', 'lobby'],
    ['keep', 'pager', '--where', 'lobby', '--for', '200ms', '--verbose'],
    ['keep', 'pager', '--where', 'nowhere', '--verbose'],
    ['channels'],
    ['channels', 'pager'],
    ['webhooks', 'list'],
    ['webhooks', 'add', 'https://bot.example/'],
  ])('never reaches a terminal as it is: %s %s %s %s', async (...args) => {
    for (const more of [[], ['--json']]) {
      const own = args[0] === 'webhooks' ? [] : ['--config', config];
      const { stdout, stderr } = await runCli([...args, ...more, ...own], { env });
      expect(stdout + stderr).not.toBe('');
      expect(stdout + stderr).not.toMatch(raw);
      // Nothing that a vendor says stands at the beginning of a line.
      expect(stdout + stderr).not.toMatch(/^(?:error: )?not ours/m);
      expect(stdout).not.toMatch(/^error/m);
    }
  });

  it('never reaches the output of a command that goes on', async () => {
    const cli = startCli(['keep', 'pager', '--where', 'lobby', '--config', config], { env });
    await cli.printed('warning');
    cli.kill('SIGINT');
    const { stdout } = await cli.ended;
    expect(stdout).not.toMatch(raw);
  });

  it('with a code that this version does not know is a failure all the same', async () => {
    const args = ['send', 'pager', '--where', 'future', '--config', config];
    const { code, stderr } = await runCli(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: \[pager\/acme\] r.+\n {2}Use the same version of all packages/);
  });
});
