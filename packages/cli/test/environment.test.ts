import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
    const env = { ...vendors.env, LINQ_API_KEY: 'from-the-environment' };
    const { code } = await runCli(['send', ...vendors.chat().flags], { directory, env });
    expect(code).toBe(13);
  });

  it('never says where a key of the environment goes', async () => {
    vendors.simulator.forgetRequests();
    const env = { LINQ_API_KEY: 'from-the-environment' };
    for (const args of [
      ['send', ...vendors.chat().flags],
      ['webhooks', 'list'],
    ]) {
      const { code, stderr } = await runCli(args, { directory, env });
      expect(code).toBe(10);
      expect(stderr).toContain('LINQ_API_BASE_URL is from .env, and LINQ_API_KEY is not');
      expect(stderr).not.toContain('from-the-environment');
    }
    expect(vendors.simulator.requests()).toEqual([]);
  });

  it.each<[encoding: string, encode: (text: string) => Uint8Array]>([
    ['UTF-8 with a byte-order mark', (text) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 of Windows', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 with the high byte first', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('is read in %s', async (_, encode) => {
    const own = await mkdtemp(join(directory, 'encoded-'));
    const text = await readFile(join(directory, '.env'), 'utf8');
    await writeFile(join(own, '.env'), encode(text));
    const { code } = await runCli(['send', ...vendors.chat().flags], { directory: own });
    expect(code).toBe(0);
  });

  it.each<[encoding: string, bytes: Uint8Array]>([
    ['UTF-16 without a byte-order mark', Buffer.from('LINQ_API_KEY=k\n', 'utf16le')],
    ['Latin-1', Buffer.from('LINQ_API_KEY=cl\u00E9\n', 'latin1')],
  ])('is refused in %s, and never taken for an empty one', async (_, bytes) => {
    const own = await mkdtemp(join(directory, 'encoded-'));
    await writeFile(join(own, '.env'), bytes);
    const { code, stderr } = await runCli(['channels'], { directory: own });
    expect(code).toBe(2);
    expect(stderr).toContain('.env in this directory cannot be read (it is not UTF-8 text: save');
  });

  it('that cannot be read is told in a sentence', async () => {
    const odd = await mkdtemp(join(directory, 'odd-'));
    await mkdir(join(odd, '.env'));
    const { code, stderr } = await runCli(['channels'], { directory: odd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: \.env in this directory cannot be read \(.+\)\.\n {2}Fix it/);
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
