import { describe, expect, it } from 'vitest';
import { runCli, startCli } from './run-cli.ts';

interface Ready {
  readonly playgroundUrl: string | null;
  readonly controlUrl: string;
  readonly channels: readonly {
    readonly channel: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly target: Readonly<Record<string, string>>;
  }[];
}

describe('typingkit simulate', { timeout: 60_000 }, () => {
  it('runs the vendors, and its own words lead the other commands there', async () => {
    const cli = startCli(['simulate', '--no-playground', '--port', '0']);
    const text = await cli.printed('Ctrl-C to stop');
    const env = Object.fromEntries(
      [...text.matchAll(/export (\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
    );
    const lines = text.match(/typingkit send .+/g) ?? [];
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      const { code, stdout } = await runCli(line, { env });
      expect({ line, code, stdout }).toEqual({
        line,
        code: 0,
        stdout: expect.stringMatching(/^accepted/),
      });
    }
    cli.kill('SIGINT');
    expect((await cli.ended).code).toBe(0);
  });

  it('serves the playground beside them, and says all of it as one document of JSON', async () => {
    const cli = startCli(['simulate', '--port', '0', '--json']);
    const ready: Ready = JSON.parse(await cli.printed('\n'));
    const page = await fetch(String(ready.playgroundUrl));
    expect(page.headers.get('content-type')).toContain('text/html');
    expect((await fetch(ready.controlUrl)).status).toBe(200);
    const targets = new Map(ready.channels.map(({ channel, target }) => [channel, target]));
    expect(targets.get('imessage')).toEqual({ chatId: expect.any(String) });
    expect(targets.get('linkedin')).toHaveProperty('conversationUrn');
    // One provider, and three vendors of the simulator.
    expect(targets.get('whatsapp')).toHaveProperty('messageId');
    expect(targets.get('messenger')).toHaveProperty('pageId');
    expect(targets.get('instagram')).toHaveProperty('accountId');
    cli.kill('SIGTERM');
    expect(await cli.ended).toMatchObject({ code: 0, stderr: '' });
  });
});
