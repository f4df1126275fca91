import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

describe('typingkit channels', { timeout: 30_000 }, () => {
  it('lists what each channel can do and what it still needs', async () => {
    const env = { LINQ_API_KEY: 'a-key' };
    const { code, stdout } = await runCli(['channels'], { env });
    expect(code).toBe(0);
    const [titles, ...rows] = stdout.split('\n');
    const rowOf = (vendor: string) => rows.find((row) => row.includes(` ${vendor} `));
    expect(titles).toMatch(/^CHANNEL +VENDOR +SHOWS FOR +CLEARED BY +GROUPS +HEARS +SET UP$/);
    expect(rowOf('Linq')).toMatch(/^imessage +Linq +60 s \(documented\) +stop, a message .* yes$/);
    expect(rowOf('ConnectSafely')).toMatch(
      /^linkedin +ConnectSafely .* no: set CONNECTSAFELY_API_KEY$/,
    );
  });

  it('lists also a channel whose settings are refused, and says why', async () => {
    const env = { LINQ_API_KEY: 'a-key', LINQ_API_BASE_URL: 'nowhere' };
    const { code, stdout } = await runCli(['channels'], { env });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^imessage .* no: baseUrl must /m);
    expect(stdout).toMatch(/^linkedin /m);
  });

  it('says everything about one of them, with a line to try', async () => {
    const { stdout } = await runCli(['channels', 'linkedin']);
    expect(stdout).toMatch(/^--account-id .* \(optional\)$/m);
    expect(stdout).toMatch(/^CONNECTSAFELY_API_KEY +ConnectSafely's API key$/m);
    expect(stdout).toMatch(/^sent at most +every 3 s in one conversation\n +30 times in 60 s/m);
    expect(stdout).toContain("Try: typingkit send linkedin --conversation-urn 'urn:li:");
  });

  it('prints everything as one document of JSON, of settings only where they come from', async () => {
    const env = { LINQ_API_V3_API_KEY: 'lk_secret' };
    const { stdout } = await runCli(['channels', '--json'], { env });
    expect(stdout).not.toContain('lk_secret');
    const { channels }: { channels: Record<string, unknown>[] } = JSON.parse(stdout);
    const rowOf = (name: string) => channels.find(({ provider }) => provider === name);
    expect(rowOf('linq')).toMatchObject({
      channel: 'imessage',
      provider: 'linq',
      isConfigured: true,
      flags: [{ flag: '--chat-id', name: 'chatId', isOptional: false }],
      settings: [{ name: 'apiKey', setBy: 'LINQ_API_V3_API_KEY' }, { setBy: null }],
      capabilities: { ttl: { kind: 'fixed' }, inbound: true },
    });
    expect(rowOf('connectsafely')).toMatchObject({ channel: 'linkedin', isConfigured: false });
  });
});
