import { describe, expect, it } from 'vitest';
import { runCli, startCli } from './run-cli.ts';

interface Ready {
  readonly playgroundUrl: string | null;
  readonly controlUrl: string;
  readonly channels: readonly {
    readonly channel: string;
    readonly provider: string;
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
    const lines = [...text.matchAll(/^ *(?:(TYPINGKIT_\w+)=(\w+) )?(typingkit send .+)/gm)];
    // What is exported leads to the vendor that the documentation shows.
    const choices = { TYPINGKIT_IMESSAGE: 'linq', TYPINGKIT_LINKEDIN: 'connectsafely' };
    expect(env).toMatchObject({ ...choices, TYPINGKIT_WHATSAPP: 'meta' });
    // Each vendor of iMessage has one.
    expect(lines.filter(([line]) => line.includes('send imessage')).length).toBeGreaterThan(1);
    for (const [, variable, choice = '', line = ''] of lines) {
      const chosen = variable === undefined ? env : { ...env, [variable]: choice };
      const { code, stdout } = await runCli(line, { env: chosen });
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
    const served = new Map(ready.channels.map((one) => [`${one.channel}/${one.provider}`, one]));
    const linq = served.get('imessage/linq');
    expect(linq?.target).toEqual({ chatId: expect.any(String) });
    expect(linq?.environment).toHaveProperty('TYPINGKIT_IMESSAGE', 'linq');
    expect(served.get('linkedin/connectsafely')?.target).toHaveProperty('conversationUrn');
    // One provider, and three vendors of the simulator.
    expect(served.get('whatsapp/meta')?.target).toHaveProperty('messageId');
    expect(served.get('messenger/meta')?.target).toHaveProperty('pageId');
    expect(served.get('instagram/meta')?.target).toHaveProperty('accountId');
    cli.kill('SIGTERM');
    expect(await cli.ended).toMatchObject({ code: 0, stderr: '' });
  });
});
