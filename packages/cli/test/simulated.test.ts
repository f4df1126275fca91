import { describe, expect, it } from 'vitest';
import { jsonLines, runCli, startCli } from './run-cli.ts';

describe('without an account', { timeout: 60_000 }, () => {
  it('says where a key is missing what can be done without one', async () => {
    const { code, stderr } = await runCli(['send', 'imessage', '--chat-id', 'x']);
    expect(code).toBe(10);
    expect(stderr).toContain('\n  Or add --simulated to try it without an account.\n');
  });

  it.each(['imessage', 'linkedin', 'telegram', 'slack'])(
    '`send %s --simulated` needs neither key nor target',
    async (channel) => {
      const { code, stdout, stderr } = await runCli(['send', channel, '--simulated']);
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^accepted by /) });
      expect(stderr).toContain('On the simulated phone, the person sees it now.');
    },
  );

  it('never uses a key of the environment', async () => {
    const env = { LINQ_API_KEY: 'a-real-key', LINQ_API_BASE_URL: 'http://127.0.0.1:9' };
    const { code, stderr } = await runCli(['send', 'imessage', '--simulated', '--verbose'], {
      env,
    });
    expect(code).toBe(0);
    expect(stderr).not.toContain('a-real-key');
  });

  it('`keep --simulated` keeps it, and says at its end in words that its time was up', async () => {
    const args = ['keep', 'imessage', '--simulated', '--for', '5s'];
    const { code, stdout, stderr } = await runCli(args, { env: { TYPINGKIT_IMESSAGE: 'linq' } });
    expect(code).toBe(0);
    expect(stdout).toContain('\nended: its time is up\n');
    expect(stderr).toContain('On the simulated phone, the person saw it, and it is gone.');
  });

  it('a `send` says what to run where nothing is seen', async () => {
    const { stderr } = await runCli(['send', 'imessage', '--simulated'], {
      env: { TYPINGKIT_IMESSAGE: 'linq' },
    });
    expect(stderr).toMatch(/^Not seen\? typingkit diagnose imessage --chat-id \S+ says why\.$/m);
  });
});

describe('typingkit simulate -- <program>', { timeout: 60_000 }, () => {
  const simulate = (script: string): readonly string[] => [
    'simulate',
    '--port',
    '0',
    '--no-playground',
    '--',
    process.execPath,
    '-e',
    script,
  ];

  it('runs it with the environment set, and ends as it does', async () => {
    const script = 'console.log(process.env.LINQ_API_BASE_URL); process.exit(7)';
    const { code, stdout } = await runCli(simulate(script));
    expect({ code, stdout }).toEqual({
      code: 7,
      stdout: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\S*\n$/),
    });
  });

  it('leads the command line to the simulator, too', async () => {
    const script = `require('node:child_process').execFileSync(process.execPath, [process.env.BIN, 'trigger', 'typing', '--json'], { stdio: 'inherit' })`;
    const { code, stdout } = await runCli(simulate(script));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ channel: 'imessage', state: 'started' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('passes %s on, and waits for its end', async (signal) => {
    const script = `process.on('${signal}', () => process.exit(5)); console.log('up'); setInterval(() => {}, 1000)`;
    const cli = startCli(simulate(script));
    await cli.printed('up');
    cli.kill(signal);
    expect((await cli.ended).code).toBe(5);
  });

  it('ends with the number of the signal that ended it', async () => {
    const { code } = await runCli(simulate("process.kill(process.pid, 'SIGKILL')"));
    expect(code).toBe(137);
  });

  it('says that there is no such program', async () => {
    const args = ['simulate', '--port', '0', '--no-playground', '--', 'no-such-program-here'];
    const { code, stderr } = await runCli(args);
    expect(code).toBe(127);
    expect(stderr).toContain('error: no-such-program-here cannot be started');
  });
});

describe('typingkit listen --simulated', { timeout: 60_000 }, () => {
  it('hears what `typingkit trigger typing` does', async () => {
    const cli = startCli(['listen', '--simulated', '--port', '0']);
    const line = /typingkit (trigger typing --simulator http\S+)/;
    const [, command = ''] = line.exec(await cli.printed(line)) ?? [];
    expect((await runCli(command.split(' '))).code).toBe(0);
    await cli.printed('typing ');
    expect((await runCli([...command.split(' '), '--stopped'])).code).toBe(0);
    await cli.printed('stopped');
    cli.kill('SIGINT');
    const { code, stdout } = await cli.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /imessage {2}typing {3}--chat-id .*\n.*imessage {2}stopped {2}--chat-id/,
    );
  });

  it('says where its simulator is as JSON, too', async () => {
    const cli = startCli(['listen', '--simulated', '--port', '0', '--json']);
    await cli.printed('simulating');
    cli.kill('SIGINT');
    const { stdout } = await cli.ended;
    expect(jsonLines(stdout)).toContainEqual({
      event: 'simulating',
      controlUrl: expect.stringMatching(/^http:/),
    });
  });

  it.each([
    [['trigger', 'typing'], 'There is no simulator'],
    [['trigger', 'laughing'], "cannot do 'laughing'"],
    [['trigger', 'typing', '--simulator', 'http://127.0.0.1:9'], 'No simulator answers at'],
  ])('%j says what is wrong', async (args, words) => {
    const { code, stderr } = await runCli(args);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(words);
  });
});
