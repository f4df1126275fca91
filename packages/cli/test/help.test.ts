import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands, completionCommand } from '../src/commands.ts';
import { exitCodeMeanings } from '../src/exit-codes.ts';
import { ownVersion } from '../src/own-version.ts';
import { helpPages } from '../scripts/help-pages.ts';
import { freshReference, writtenReference } from '../scripts/reference.ts';
import { runCli, startCli } from './run-cli.ts';
import { simulatedVendors } from './simulated-vendors.ts';
import { openTerminal } from './terminal.ts';

const pages = await helpPages();
/** Of the verbs, those of two vendors: the others differ only in their descriptions, which typingkit tests. */
const examples = [
  ...new Set(
    pages.flatMap(({ text }) => {
      const [, after = ''] = text.split('\nExamples:\n');
      return after.match(/^ {2}typingkit .+$/gm)?.map((line) => line.trim()) ?? [];
    }),
  ),
].filter(
  (example) =>
    !/ (?:send|stop|keep|diagnose) (?!imessage --chat-id|linkedin --conversation-urn)/.test(
      example,
    ),
);
/** What holds until somebody ends it. */
const holding =
  /^typingkit (?:keep|listen|serve|simulate) (?!--help|.* -- )|^typingkit (?:listen|serve|simulate)$/;

describe('the help of every command', { timeout: 60_000 }, () => {
  it('is there, with examples', () => {
    expect(pages.length).toBeGreaterThanOrEqual(20);
    const silent = pages.filter(({ text }) => !text.includes('\nExamples:\n  typingkit '));
    expect(silent.map(({ command }) => command)).toEqual([]);
  });

  it('is what the command prints', async () => {
    for (const { command, text } of pages.filter((_, index) => index % 5 === 0)) {
      const { code, stdout } = await runCli(`${command} --help`);
      expect({ command, code, text: stdout.trim() }).toEqual({ command, code: 0, text });
    }
  });

  it('comes without loading a channel', async () => {
    const env = { NODE_DEBUG: 'esm' };
    const { stderr } = await runCli(['--help'], { env });
    expect(stderr).toContain('commander');
    // The exit codes are in the help; they are a file of data.
    expect(stderr).not.toContain('packages/core/src/index');
    expect(stderr).not.toContain('packages/core/src/engine');
    expect(stderr).not.toContain('packages/simulator');
  });

  it('is asked for by `help`, too, as deep as it goes', async () => {
    for (const command of ['webhooks add', 'send imessage', 'completion']) {
      const asked = await runCli(`typingkit help ${command}`);
      expect(asked).toEqual(await runCli(`typingkit ${command} --help`));
      expect(asked.stdout).toContain(`Usage: typingkit ${command} `);
    }
  });

  it('says what was meant where there is no such command', async () => {
    const { code, stdout, stderr } = await runCli(['help', 'snd']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: unknown command 'snd'\n {2}\(Did you mean send\?\)\n/);
  });

  it('is on one screen of 24 rows where nothing at all is asked for', async () => {
    const terminal = openTerminal([], {}, 80);
    expect(await terminal.exitCode).toBe(0);
    const lines = terminal.lines();
    expect(lines.length).toBeLessThanOrEqual(24);
    const text = lines.join('\n');
    for (const { name, summary } of [...commands, completionCommand])
      expect(text).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'));
    expect(text).toContain('typingkit send imessage --simulated');
    expect(text).toContain('typingkit help <command>');
  });

  it.each(['-v', '-V', '--version'])('has the version behind %s', async (flag) => {
    const { code, stdout } = await runCli([flag]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${ownVersion()}\n` });
  });

  it('tells every exit code', async () => {
    const { stdout } = await runCli(['--help']);
    expect(stdout.trim()).toBe(pages[0]?.text);
    for (const [exitCode, meaning] of exitCodeMeanings)
      expect(stdout).toContain(`${exitCode}  ${meaning}\n`);
  });

  it('stands in docs/cli.md as it is; if not, run packages/cli/scripts/reference.ts', async () => {
    expect(writtenReference()).toBe(await freshReference());
  });

  it.each(examples)('has an example that runs: %s', async (example) => {
    await using vendors = await simulatedVendors();
    const { linq, connectsafely } = vendors.simulator;
    linq.createConversation({ chatId: '550e8400-e29b-41d4-a716-446655440000' });
    connectsafely.createConversation({
      conversationUrn: 'urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAExample,2-ZXhhbXBsZQ==)',
    });
    const env = {
      ...vendors.env,
      LINQ_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      TYPINGKIT_SIMULATOR: vendors.simulator.controlUrl,
    };
    // Where a package may be written.
    const directory = await mkdtemp(join(tmpdir(), 'typingkit-example-'));
    const commandLine = example.replace(removable, await removableId(example, env));
    const cli = startCli(commandLine, { env, directory });
    if (holding.test(example)) {
      await cli.printed(/accepted|started|isten|Ctrl-C|shows what|\{/);
      cli.kill('SIGINT');
    }
    const { code, stderr } = await cli.ended;
    await rm(directory, { recursive: true });
    // Ended by us, and what `diagnose` has found out of a conversation that is there for the example only.
    const others = { keep: [130], diagnose: [3, 4] };
    const verb = Object.entries(others).find(([name]) => example.startsWith(`typingkit ${name} `));
    expect([0, ...(verb?.[1] ?? [])]).toContain(code);
    expect(stderr).not.toMatch(/^error|"error"/m);
  });
});

const removable = /(?<=webhooks remove )\S+/;

/** The id of a webhook that is there: Linq gives them out, so the help cannot know one. */
async function removableId(example: string, env: Record<string, string>): Promise<string> {
  if (!removable.test(example)) return '';
  const added = await runCli(['webhooks', 'add', 'https://bot.example.com/', '--json'], { env });
  return JSON.parse(added.stdout).id;
}
