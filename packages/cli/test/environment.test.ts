import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';
import { type SimulatedVendors, simulatedVendors } from './simulated-vendors.ts';

let vendors: SimulatedVendors;
let directory: string;

beforeAll(async () => {
  vendors = await simulatedVendors();
  directory = await mkdtemp(join(tmpdir(), 'typingkit-cli-'));
  const lines = Object.entries(vendors.env).map(([name, value]) => `${name}="${value}"\n`);
  await writeFile(join(directory, '.env'), lines.join(''));
});
afterAll(async () => {
  await vendors[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

describe('a file .env in the working directory', { timeout: 30_000 }, () => {
  it('is read', async () => {
    const { code } = await runCli(['send', ...vendors.chat().flags], { directory });
    expect(code).toBe(0);
  });

  it('never overrides the environment', async () => {
    const env = { LINQ_API_KEY: 'from-the-environment' };
    const { code } = await runCli(['send', ...vendors.chat().flags], { directory, env });
    expect(code).toBe(13);
  });

  it('that cannot be read is told in a sentence', async () => {
    const odd = await mkdtemp(join(directory, 'odd-'));
    await mkdir(join(odd, '.env'));
    const { code, stderr } = await runCli(['channels'], { directory: odd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: \.env in this directory cannot be read \(.+\)\.\n {2}Mend it/);
  });

  it('is not read from anywhere else', async () => {
    const { code } = await runCli(['send', ...vendors.chat().flags]);
    expect(code).toBe(10);
  });
});

describe('the environment', { timeout: 30_000 }, () => {
  it('decides on colour: none in a pipe, some with FORCE_COLOR', async () => {
    const { env } = vendors;
    const args = ['send', ...vendors.chat().flags];
    expect((await runCli(args, { env })).stdout).toMatch(/^accepted by Linq/);
    const forced = await runCli(args, { env: { ...env, FORCE_COLOR: '1' } });
    expect(forced.stdout).toContain('\u001B[32maccepted\u001B[39m by Linq');
  });

  it('is not disturbed by a key that was pasted with a line break', async () => {
    const env = { ...vendors.env, LINQ_API_KEY: `${vendors.env['LINQ_API_KEY']}\n` };
    expect((await runCli(['send', ...vendors.chat().flags], { env })).code).toBe(0);
  });
});
