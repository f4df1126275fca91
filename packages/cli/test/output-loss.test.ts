import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliOptions, type Ended, runCli, startCli } from './run-cli.ts';
import { type SimulatedVendors, simulatedVendors } from './simulated-vendors.ts';
import { openTerminal } from './terminal.ts';

let vendors: SimulatedVendors;

beforeAll(async () => {
  vendors = await simulatedVendors();
});
afterAll(() => vendors[Symbol.asyncDispose]());

/** Runs a command line of the shell on a chat, whose exit code is that of `typingkit`. */
async function inShell(
  commandLine: string,
  options?: CliOptions,
): Promise<Ended & { readonly methods: readonly string[] }> {
  const { chatId } = vendors.chat();
  const keep = `"$NODE" "$BIN" keep imessage --chat-id ${chatId} --every 3s`;
  const env = { ...vendors.env, ...options?.env };
  const ended = await runCli(commandLine.replace('KEEP', keep), { env });
  const requests = vendors.simulator.requests({ conversation: chatId });
  return { ...ended, methods: requests.map(({ method }) => method) };
}

/** Remembers with which code `typingkit` has ended, which a pipe in plain sh forgets. */
const piped = (into: string): string => `{ KEEP; echo "code $?" >&2; } | ${into}`;

describe('typingkit keep', { timeout: 60_000 }, () => {
  it.each([
    ['a reader that has seen enough', 'head -n 1'],
    ['a reader that dies', "sh -c 'read line; kill -9 $$'"],
    ['a reader that never read', 'true'],
  ])('clears the indicator at %s, and says so without a stack', async (_, reader) => {
    const { stderr, methods } = await inShell(piped(reader));
    expect(stderr).toMatch(
      /^(?:Killed\n)?error: The program that reads the output has ended\.\n {2}Check the output of that program\.\ncode 141\n$/,
    );
    expect(methods[0]).toBe('POST');
    expect(methods.at(-1)).toBe('DELETE');
  });

  it('says it in JSON, too', async () => {
    const { stderr, methods } = await inShell(piped('head -n 1').replace('KEEP', 'KEEP --json'));
    const [error = '', code] = stderr.trimEnd().split('\n');
    expect(code).toBe('code 141');
    expect(JSON.parse(error)).toMatchObject({ error: { exitCode: 141 } });
    expect(methods.at(-1)).toBe('DELETE');
  });

  it('clears the indicator on a full disk', async () => {
    const { code, stderr, methods } = await inShell('KEEP > /dev/full');
    expect(code).toBe(5);
    expect(stderr).toMatch(
      /^error: The output cannot be written \(ENOSPC\)\.\n {2}Free some disk space/,
    );
    expect(methods).toEqual(['POST', 'DELETE']);
  });

  it('goes on where only its errors cannot be written', async () => {
    const { code, methods } = await inShell('KEEP --verbose --for 4s 2> /dev/full');
    expect(code).toBe(0);
    expect(methods).toEqual(['POST', 'POST', 'DELETE']);
  });

  it.each<[what: string, launcher: readonly string[]]>([
    ['says so', []],
    ['only takes no output any more', ['setsid', '--wait']],
  ])('clears the indicator when its terminal is closed and %s', async (_, launcher) => {
    const { chatId, flags } = vendors.chat();
    const terminal = openTerminal(['keep', ...flags], vendors.env, 100, launcher);
    await terminal.shows(/accepted start 1/);
    terminal.close();
    await expect
      .poll(() => vendors.simulator.requests({ conversation: chatId }).at(-1)?.method, {
        timeout: 10_000,
      })
      .toBe('DELETE');
  });

  it('clears the indicator however often it is told that the terminal was closed', async () => {
    const { chatId, flags } = vendors.chat();
    const cli = startCli(['keep', ...flags], { env: vendors.env });
    await cli.printed('accepted');
    // A shell that is closed sends it to its jobs, and so does the system.
    cli.kill('SIGHUP');
    cli.kill('SIGHUP');
    expect((await cli.ended).code).toBe(129);
    const requests = vendors.simulator.requests({ conversation: chatId });
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  });
});

describe('a command that prints once', { timeout: 30_000 }, () => {
  it.each([
    ['channels > /dev/full', 5],
    ['channels --json > /dev/full', 5],
    ['--help > /dev/full', 5],
    ['send imessage > /dev/full', 2],
    ['send 2> /dev/full', 2],
  ])('%s ends with %i', async (commandLine, exitCode) => {
    const { code, stderr } = await runCli(`typingkit ${commandLine}`);
    expect(code).toBe(exitCode);
    expect(stderr).not.toContain('    at ');
  });

  it('says nothing of a reader that has seen enough of it', async () => {
    const { stderr } = await runCli('{ "$NODE" "$BIN" channels; echo "code $?" >&2; } | true');
    expect(stderr).toBe('code 141\n');
  });
});
