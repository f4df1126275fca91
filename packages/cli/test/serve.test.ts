import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { startCli } from './run-cli.ts';
import {
  bubblesOn,
  clientInTheDocs,
  has,
  type ServedSimulator,
  serveSimulated,
} from './served-simulator.ts';

const token = 'the-token-of-these-tests';

async function serving(...given: Parameters<typeof serveSimulated>): Promise<ServedSimulator> {
  const served = await serveSimulated(...given);
  onTestFinished(async () => {
    served.cli.kill('SIGKILL');
    await served.cli.ended;
  });
  return served;
}

describe('typingkit serve', () => {
  it('serves every channel of the simulator, and clears what is up when it ends', async () => {
    const served = await serving();
    expect(served.needsToken).toBe(false);
    const { channels } = await (await fetch(`${served.url}/v1/channels`)).json();
    expect(channels.length).toBeGreaterThan(10);
    const { vendors } = await (await fetch(served.simulatorControlUrl)).json();
    const keys = Object.values<{ apiKey: string }>(vendors).map(({ apiKey }) => apiKey);
    expect(keys.filter((key) => JSON.stringify(channels).includes(key))).toEqual([]);
    for (const { channel, target } of served.channels) {
      const response = await fetch(`${served.url}/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ channel, target }),
      });
      expect({ channel, status: response.status }).toEqual({ channel, status: 201 });
    }
    await expect
      .poll(async () => (await (await fetch(`${served.url}/v1/sessions`)).json()).sessions)
      .toEqual(served.channels.map(() => expect.objectContaining({ state: 'active' })));
    served.cli.kill('SIGTERM');
    expect(await served.cli.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('wants a token for any address but loopback', async () => {
    const cli = startCli(['serve', '--host', '0.0.0.0', '--port', '0', '--json']);
    const { code, stderr } = await cli.ended;
    expect(code).toBe(10);
    expect(JSON.parse(stderr).error).toMatchObject({
      code: 'misconfigured',
      reason: expect.stringContaining('needs a token'),
    });
  });

  it('takes its tokens from the environment or from a file, and never prints them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'typingkit-serve-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'tokens');
    await writeFile(file, `${token}\nanother-token-in-the-file\n`);
    for (const [flags, env] of [
      [['--token-file', file], {}],
      [['--verbose'], { TYPINGKIT_TOKENS: `another-token-in-the-file,${token}` }],
    ] as const) {
      const { cli, url, needsToken } = await serving(flags, env);
      expect(needsToken).toBe(true);
      expect((await fetch(`${url}/v1/channels`)).status).toBe(401);
      const headers = { authorization: `Bearer ${token}` };
      expect((await fetch(`${url}/v1/channels`, { headers })).status).toBe(200);
      cli.kill('SIGINT');
      const { stderr, stdout } = await cli.ended;
      expect(stdout + stderr).not.toContain('token-');
    }
  });

  it.each([
    ['a file that is not there', ['--token-file', 'nowhere'], /cannot be read \(ENOENT\)/],
    ['a token that is too short', [], /16 characters/],
  ])('refuses %s', async (_what, flags, words) => {
    const env = flags.length === 0 ? { TYPINGKIT_TOKENS: 'short' } : {};
    const { code, stderr } = await startCli(['serve', '--port', '0', ...flags], { env }).ended;
    expect(code).not.toBe(0);
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain('short');
  });
});

describe.skipIf(!has('python3'))('a bot in Python', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  async function runBot({ telegram, url }: ServedSimulator, body: string): Promise<ChildProcess> {
    const code = `${await clientInTheDocs('python')}\n\nTARGET = ${JSON.stringify(telegram)}\n${body}`;
    const child = spawn('python3', ['-'], {
      env: { ...process.env, TYPINGKIT_URL: url, TYPINGKIT_TOKEN: token },
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    children.push(child);
    child.stdin?.end(code);
    return child;
  }

  it('shows the bubble for as long as its block takes', async () => {
    const served = await serving([], { TYPINGKIT_TOKENS: token });
    const child = await runBot(
      served,
      'import time\nwith typing("telegram", TARGET):\n    time.sleep(1)\n',
    );
    await expect.poll(() => child.exitCode, { timeout: 30_000 }).toBe(0);
    const headers = { authorization: `Bearer ${token}` };
    const listed = await (await fetch(`${served.url}/v1/sessions`, { headers })).json();
    expect(listed.sessions).toEqual([]);
    expect(await bubblesOn(served)).toHaveLength(1);
  });
});

describe.skipIf(!has('curl'))('a bot in a shell', () => {
  it('sends, opens, touches and ends with the lines of the documentation', async () => {
    const served = await serving([], { TYPINGKIT_TOKENS: token });
    const env = {
      ...process.env,
      TYPINGKIT_URL: served.url,
      TYPINGKIT_TOKEN: token,
      CHANNEL: 'telegram',
      TARGET: JSON.stringify(served.telegram),
    };
    const output = execFileSync('sh', ['-e', '-c', await clientInTheDocs('shell')], {
      env,
      encoding: 'utf8',
    });
    expect(output).toContain('"status":"accepted"');
    expect(output).toContain('"state":"active"');
    expect(output).toContain('"closeReason":"stopped"');
  });
});
