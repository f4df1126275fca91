import type { Fault } from '@typingkit/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodeMeanings } from '../src/exit-codes.ts';
import { runCli } from './run-cli.ts';
import { type SimulatedVendors, simulatedVendors } from './simulated-vendors.ts';

let vendors: SimulatedVendors;

beforeAll(async () => {
  vendors = await simulatedVendors();
});
afterAll(() => vendors[Symbol.asyncDispose]());

const run = (args: readonly string[], env = vendors.env) => runCli(args, { env });

describe('a failure', { timeout: 30_000 }, () => {
  it('is one sentence and what to do next, without a stack', async () => {
    const { chatId, flags } = vendors.chat();
    vendors.simulator.faults.add({ kind: 'status', status: 503, conversation: chatId, times: 2 });
    const { code, stdout, stderr } = await run(['send', ...flags]);
    expect({ code, stdout }).toEqual({ code: 21, stdout: '' });
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^error: \[imessage\/linq\] 503 .*\.$/),
      '  Try again later: the vendor has a problem.',
    ]);
  });

  it('is JSON on stderr with --json, with the code, the advice and the exit code', async () => {
    const { flags } = vendors.chat();
    const env = { ...vendors.env, LINQ_API_KEY: 'wrong' };
    const { code, stdout, stderr } = await run(['send', ...flags, '--json'], env);
    expect({ code, stdout }).toEqual({ code: 13, stdout: '' });
    expect(JSON.parse(stderr)).toEqual({
      error: expect.objectContaining({
        code: 'unauthenticated',
        channel: 'imessage',
        provider: 'linq',
        status: 401,
        retryable: false,
        advice: expect.any(String),
        exitCode: 13,
      }),
    });
  });

  it.each<[code: string, exitCode: number, fault: Fault]>([
    ['forbidden', 14, { kind: 'status', status: 403 }],
    ['not-found', 15, { kind: 'status', status: 404 }],
    ['rejected', 17, { kind: 'status', status: 422 }],
    ['bad-response', 18, { kind: 'redirect', location: 'http://127.0.0.1/' }],
    ['rate-limited', 20, { kind: 'status', status: 429, headers: { 'Retry-After': '60' } }],
    ['network', 22, { kind: 'reset', times: 2 }],
  ])('with the code %s ends with exit code %i', async (errorCode, exitCode, fault) => {
    const { chatId, flags } = vendors.chat();
    vendors.simulator.faults.add({ ...fault, conversation: chatId });
    const { code, stderr } = await run(['send', ...flags, '--json']);
    const advice = expect.stringMatching(/^[A-Z].*[.?]$/);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: errorCode, advice, exitCode } });
    expect(code).toBe(exitCode);
  });

  it.each<[what: string, args: readonly string[], exitCode: number, words: readonly string[]]>([
    ['a target', ['imessage', '--chat-id', 'x'], 12, ['chatId must be a UUID', '--help']],
    ['a channel', ['imesage', '--chat-id', 'x'], 11, ['"imesage"', 'Did you mean "imessage"?']],
  ])('of %s is told before any request', async (_, args, exitCode, words) => {
    vendors.simulator.forgetRequests();
    const { code, stderr } = await run(['send', ...args]);
    expect(code).toBe(exitCode);
    for (const word of words) expect(stderr).toContain(word);
    expect(vendors.simulator.requests()).toEqual([]);
  });

  it('of a channel is the same everywhere', async () => {
    const { code, stderr } = await run(['channels', 'linkdin']);
    expect(code).toBe(11);
    expect(stderr).toContain('Did you mean "linkedin"?');
  });

  it('of a missing key names the variable to set, and where to get the key', async () => {
    const flags = ['discord', '--channel-id', '1234567890123456789'];
    const { code, stderr } = await run(['send', ...flags], {});
    expect(code).toBe(10);
    expect(stderr).toContain('Set DISCORD_BOT_TOKEN in the environment or in a .env file here');
    expect(stderr).toContain('https://discord.com/developers');
  });

  it('of missing keys of a channel with several vendors names the variables of each', async () => {
    const { flags } = vendors.chat();
    const { code, stderr } = await run(['send', ...flags], {});
    expect(code).toBe(10);
    expect(stderr).toMatch(
      /Set LINQ_API_KEY for Linq; or SENDBLUE_.* for Sendblue; .*Set them in the environment or in a \.env file here\./,
    );
  });
});

describe('a command line that makes no sense', { timeout: 30_000 }, () => {
  it.each<[args: readonly string[], words: readonly string[]]>([
    [['snd'], ["unknown command 'snd'", 'Did you mean send?']],
    [['send'], ['No channel was given.', 'imessage, ']],
    [
      ['send', 'imessage', '--chat', '1'],
      ["'--chat'", 'Did you mean --chat-id?'],
    ],
    [
      ['send', 'imessage'],
      [
        "--chat-id is missing: the chat's UUID",
        'For example: typingkit send imessage --chat-id 550e8400',
      ],
    ],
    [
      ['keep', 'imessage', '--chat-id', '1', '--for', 'ever'],
      ['30s', "'ever'", 'See typingkit keep imessage --help.'],
    ],
    [
      ['listen', '--port', 'eighty'],
      ["'eighty'", '65535', 'See typingkit listen --help.'],
    ],
    [['webhooks', 'ad'], ['add, list and remove']],
    [['completion', 'tcsh'], ['zsh, bash, fish, powershell']],
  ])('%j ends with exit code 2 and says how to go on', async (args, words) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /);
    for (const word of words) expect(stderr).toContain(word);
  });

  it('is JSON on stderr with --json', async () => {
    const { code, stderr } = await run(['send', 'imessage', '--chat', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'usage',
        message: "unknown option '--chat'",
        advice: '(Did you mean --chat-id?) See typingkit send imessage --help.',
        exitCode: 2,
      },
    });
  });
});

it('no two failures share an exit code', () => {
  const codes = exitCodeMeanings.map(([code]) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
