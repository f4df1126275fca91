import { startSimulator, type Simulator } from '@typingkit/simulator';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endLeftovers, runDemo } from './run-demo.ts';

const timeout = 180_000;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(async () => {
  endLeftovers();
  await simulator.close();
});

function keys(linqKey?: string): Record<string, string> {
  return {
    LINQ_API_KEY: linqKey ?? simulator.linq.apiKey,
    LINQ_API_BASE_URL: simulator.linq.baseUrl,
    CONNECTSAFELY_API_KEY: simulator.connectsafely.apiKey,
    CONNECTSAFELY_BASE_URL: simulator.connectsafely.baseUrl,
  };
}

function methodsOf(conversation: string): readonly string[] {
  return simulator.requests({ conversation }).map(({ method }) => method);
}

describe.concurrent('The demo with --live', () => {
  it('types in one chat of Linq', { timeout }, async () => {
    const { chatId } = simulator.linq.createConversation();
    const run = runDemo(['--', '--live', 'imessage', chatId], keys());
    const { code, stdout, stderr } = await run.ended;

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(methodsOf(chatId)).toEqual(['GET', 'GET', 'POST', 'DELETE']);
    expect(simulator.recipientView(chatId)).toMatchObject([{ endedBy: 'stopped' }]);
    expect(stdout).toMatch(/ typingkit +\^ {20,}x$/m);
    expect(stdout).toMatch(/ asked for +-{20,}$/m);
    expect(stdout).toMatch(/ s {2}accepted, lasts 60 s at most\n +trace [\da-f]{32}$/m);
    expect(stdout).toMatch(/ s {2}cleared$/m);
    expect(stdout).toMatch(/no vendor\s+tells\s+what\s+is\s+on\s+it/);
    expect(stdout).toMatch(/^ {2}Will it show, as far as can be asked\?\n {4}yes\n\n/m);
    expect(run.isAnyoneLeft()).toBe(false);
  });

  it(
    'says before the picture why nothing will be seen, and tries all the same',
    { timeout },
    async () => {
      const { chatId } = simulator.linq.createConversation({
        service: 'SMS',
        lastSentAgoMs: null,
        lastReceivedAgoMs: null,
      });
      const run = runDemo(['--live', 'imessage', chatId], keys());
      const { code, stdout } = await run.ended;
      expect(code).toBe(0);
      expect(stdout).toContain(
        '    no: this chat runs over SMS, where typing is not shown. Do not type in',
      );
      expect(stdout).toMatch(
        /shows\s+nothing\.\s+Also,\s+there\s+is\s+no\s+message\s+in\s+this\s+chat\s+yet/,
      );
      expect(stdout.match(/Will it show/g)).toHaveLength(1);
      expect(stdout.indexOf('Will it show')).toBeLessThan(stdout.indexOf('    typingkit  '));
      expect(methodsOf(chatId)).toEqual(['GET', 'GET', 'POST', 'DELETE']);
      expect(simulator.recipientView(chatId)).toEqual([]);
    },
  );

  it(
    'types in one conversation of ConnectSafely, in colour where it is forced',
    { timeout },
    async () => {
      const { conversationUrn } = simulator.connectsafely.createConversation();
      const environment = { ...keys(), FORCE_COLOR: '1' };
      const run = runDemo(['--live', 'linkedin', conversationUrn], environment);
      const { code, stdout: coloured } = await run.ended;
      expect(code).toBe(0);
      expect(coloured).toContain('\u001B[33m┄┄┄');
      const stdout = stripVTControlCharacters(coloured);
      expect(methodsOf(conversationUrn).length).toBeGreaterThanOrEqual(2);
      expect(stdout).toMatch(/^ {4}unknown: LinkedIn shows typing only if both sides/m);
      expect(stdout).toMatch(/ s {2}refreshed$/m);
      expect(stdout).toMatch(/ s {2}there is no stop: gone within \S+ s$/m);
    },
  );

  it('hands on the sentence of typingkit where the vendor refuses', { timeout }, async () => {
    const { chatId } = simulator.linq.createConversation();
    const run = runDemo(['--live', 'imessage', chatId], keys('a-refused-key'));
    const { code, stdout, stderr } = await run.ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {4}no: 401 /m);
    expect(stderr).toMatch(/^\[imessage\/linq\] 401 .*\n$/);
    expect(`${stdout}${stderr}`).not.toContain('a-refused-key');
  });

  it('clears the indicator on Ctrl-C', { timeout }, async () => {
    const { chatId } = simulator.linq.createConversation();
    const run = runDemo(['--live', 'imessage', chatId], keys());
    const methods = (): readonly string[] => methodsOf(chatId);
    await expect.poll(methods, { timeout: timeout / 2 }).toEqual(['GET', 'GET', 'POST']);
    run.process.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    expect(methods()).toEqual(['GET', 'GET', 'POST', 'DELETE']);
    expect(run.isAnyoneLeft()).toBe(false);
  });

  it('ends quietly when nobody reads on', { timeout }, async () => {
    const { chatId } = simulator.linq.createConversation();
    const run = runDemo(['--live', 'imessage', chatId], keys());
    await run.says('typingkit');
    run.process.stdout?.destroy();
    expect(await run.ended).toMatchObject({ code: 0, stderr: '' });
    expect(run.isAnyoneLeft()).toBe(false);
  });

  it.each([
    ['imessage', 'LINQ_API_KEY'],
    ['linkedin', 'CONNECTSAFELY_API_KEY'],
  ])('says in one sentence that the key for %s is missing', { timeout }, async (channel, name) => {
    const { code, stdout, stderr } = await runDemo(['--', '--live', channel, 'id']).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`--live ${channel} needs a real key: set ${name} in the environment.\n`);
  });

  it('prints its usage', { timeout }, async () => {
    const { code, stdout } = await runDemo(['--', '--help']).ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: pnpm demo/);
  });
});
