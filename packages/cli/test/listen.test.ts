import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, type RunningCli, runCli, startCli } from './run-cli.ts';
import { type SimulatedVendors, simulatedVendors } from './simulated-vendors.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let vendors: SimulatedVendors;

beforeAll(async () => {
  vendors = await simulatedVendors();
});
afterAll(() => vendors[Symbol.asyncDispose]());

/** Starts to listen, and has Linq send to it. */
async function listen(args: readonly string[] = []): Promise<RunningCli> {
  const env = { LINQ_WEBHOOK_SECRET: secret };
  const cli = startCli(['listen', '--port', '0', ...args], { env });
  const [url = ''] = /http:\/\/127[^\s"]+/.exec(await cli.printed('http://')) ?? [];
  vendors.simulator.linq.webhooks.subscribe({ targetUrl: url, signingSecret: secret });
  return cli;
}

describe('typingkit listen', { timeout: 30_000 }, () => {
  it('prints who types and who has stopped, as flags for the other commands', async () => {
    const { chatId } = vendors.chat();
    const cli = await listen();
    vendors.simulator.linq.personTypes(chatId, 'started');
    await cli.printed('typing ');
    vendors.simulator.linq.personTypes(chatId, 'stopped');
    await cli.printed('stopped');
    cli.kill('SIGINT');
    const { code, stdout } = await cli.ended;
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d {2}imessage {2}typing {3}--chat-id /),
      expect.stringMatching(/^\d\d:\d\d:\d\d {2}imessage {2}stopped {2}--chat-id /),
    ]);
    expect(stdout).toContain(chatId);
  });

  it('prints a line of JSON for each event', async () => {
    const { chatId } = vendors.chat();
    const cli = await listen(['--json']);
    vendors.simulator.linq.personTypes(chatId, 'started');
    await cli.printed('"started"');
    cli.kill('SIGTERM');
    const { stdout, stderr } = await cli.ended;
    expect(stderr).toBe('');
    expect(jsonLines(stdout)).toEqual([
      { event: 'listening', url: expect.stringMatching(/^http:/) },
      expect.objectContaining({
        channel: 'imessage',
        provider: 'linq',
        target: { chatId },
        state: 'started',
      }),
    ]);
  });

  it('says that a request was refused: whoever sees nothing has to know', async () => {
    const cli = await listen();
    const [url = ''] = /http:\/\/127\S+?(?=,)/.exec(await cli.printed(',')) ?? [];
    await fetch(url, { method: 'POST', body: '{}' });
    await cli.printed(/warning: a request got 401: /);
    cli.kill('SIGINT');
    expect((await cli.ended).stdout).toBe('');
  });

  it('ends by itself when it is told so', async () => {
    const args = ['listen', '--port', '0', '--for', '200ms'];
    const { code } = await runCli(args, { env: { LINQ_WEBHOOK_SECRET: secret } });
    expect(code).toBe(0);
  });

  it('asks for the secret where there is none', async () => {
    const { code, stderr } = await runCli(['listen']);
    expect(code).toBe(10);
    expect(stderr).toContain('Set LINQ_WEBHOOK_SECRET in the environment or in a .env file here');
  });

  it.each(['203.0.113.5', 'no-such-host.invalid', '1.2.3'])(
    'says that %s is not an address of this machine, and what to do',
    async (host) => {
      const env = { LINQ_WEBHOOK_SECRET: secret };
      const { code, stderr } = await runCli(['listen', '--port', '0', '--host', host], { env });
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^error: Cannot serve on .+, port 0 \(E[A-Z_]+\)\.\n {2}Pass an address/,
      );
      expect(stderr).toContain(host);
    },
  );

  it('says that a port is taken, and what to do', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const env = { LINQ_WEBHOOK_SECRET: secret };
    const { code, stderr } = await runCli(['listen', '--port', String(port)], { env });
    server.close();
    expect(code).toBe(1);
    expect(stderr).toBe(
      `error: Port ${port} is already in use.\n  Choose another with --port, or use --port 0 for any free port.\n`,
    );
  });
});
