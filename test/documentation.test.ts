import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '@typingkit/simulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeBlocks } from './code-blocks/find-blocks.ts';
import { pages } from './code-blocks/pages.ts';
import { runProgram } from './code-blocks/run-program.ts';
import { root } from './repository/workspace.ts';

const blocks = pages().flatMap(codeBlocks);
const programs = blocks.filter(({ isProgram }) => isProgram);
const whole = blocks.filter(({ shows }) => shows !== undefined);

// The ids of the pages.
const chatId = '550e8400-e29b-41d4-a716-446655440000';
const smsChatId = '650e8400-e29b-41d4-a716-446655440000';
const conversationUrn = 'urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAExample,2-ZXhhbXBsZQ==)';

describe('the programs of the documentation run as they stand', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator();
    simulator.linq.createConversation({ chatId });
    simulator.linq.createConversation({ chatId: smsChatId, service: 'SMS' });
    simulator.connectsafely.createConversation({ conversationUrn });
  });
  afterAll(() => simulator.close());

  const keys = (): Record<string, string> => ({
    LINQ_API_KEY: simulator.linq.apiKey,
    LINQ_API_BASE_URL: simulator.linq.baseUrl,
    CONNECTSAFELY_API_KEY: simulator.connectsafely.apiKey,
    CONNECTSAFELY_BASE_URL: simulator.connectsafely.baseUrl,
  });

  test('there are some', () => {
    expect(programs.length).toBeGreaterThan(5);
  });

  test.for(programs)('$file:$line', { timeout: 40_000 }, async ({ code, output }) => {
    const { stdout, stderr } = await runProgram(code, keys());
    expect({ stdout, stderr }).toEqual({ stdout: output, stderr: '' });
  });

  test('one that throws is noticed', { timeout: 40_000 }, async () => {
    await expect(runProgram(`throw new Error('so it is');`, {})).rejects.toThrow('so it is');
  });
});

describe('a page that shows a file shows it as it is', () => {
  test('there are some', () => {
    expect(whole.length).toBeGreaterThan(0);
  });

  test.for(whole)('$file:$line shows $shows', ({ code, shows = '' }) => {
    expect(code).toBe(readFileSync(join(root, shows), 'utf8').trimEnd());
  });
});
