import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

/** What the shell is offered for what the user has typed. */
async function offered(...typed: readonly string[]): Promise<string[]> {
  const { stdout } = await runCli(['complete', '--', ...typed]);
  const lines = stdout.trimEnd().split('\n').slice(0, -1);
  return lines.map((line) => line.split('\t')[0] ?? '');
}

describe('shell completion', { timeout: 30_000 }, () => {
  it('knows the commands, the channels, and the flags of each channel', async () => {
    expect(await offered('')).toEqual(expect.arrayContaining(['send', 'keep', 'completion']));
    expect(await offered('send', '')).toEqual(expect.arrayContaining(['imessage', 'linkedin']));
    expect(await offered('stop', 'linkedin', '--')).toEqual(
      expect.arrayContaining(['--conversation-urn', '--account-id', '--json']),
    );
    expect(await offered('webhooks', '')).toEqual(['add', 'list', 'remove']);
  });

  it.each(['bash', 'zsh', 'fish', 'powershell'])('prints a script for %s', async (shell) => {
    const { code, stdout } = await runCli(['completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\btypingkit\b.*\bcomplete\b/);
  });
});
