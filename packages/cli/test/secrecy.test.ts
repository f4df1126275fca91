import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';
import { type SimulatedVendors, simulatedVendors } from './simulated-vendors.ts';

const secrets = {
  LINQ_API_KEY: 'lk_live_5Kq8vXtR2nB7',
  CONNECTSAFELY_API_KEY: 'cs_live_9Wm3zYpL6dH1',
  LINQ_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
};
const taken = {
  linq: { apiKeys: [secrets.LINQ_API_KEY] },
  connectsafely: { apiKeys: [secrets.CONNECTSAFELY_API_KEY] },
};
const ofChannels = ['send', 'stop', 'diagnose', 'keep'].flatMap((command) =>
  (['chat', 'conversation'] as const).map((kind) => [command, kind] as const),
);

describe.each([
  ['taken', taken],
  ['refused', {}],
])('no key that is %s is ever printed', { timeout: 30_000 }, (_, options) => {
  let vendors: SimulatedVendors;

  beforeAll(async () => {
    vendors = await simulatedVendors(options);
  });
  afterAll(() => vendors[Symbol.asyncDispose]());

  /** The secrets that a command tells. */
  async function told(args: readonly string[]): Promise<string[]> {
    const { stdout, stderr } = await runCli(args, { env: { ...vendors.env, ...secrets } });
    expect(stdout + stderr).not.toBe('');
    return Object.values(secrets).filter((secret) => (stdout + stderr).includes(secret));
  }

  it.each(ofChannels)('by %s with --verbose, in a %s', async (command, kind) => {
    const brief = command === 'keep' ? ['--for', '1s'] : [];
    const args = [command, ...vendors[kind]().flags, ...brief, '--verbose'];
    expect(await told(args)).toEqual([]);
    expect(await told([...args, '--json'])).toEqual([]);
  });

  it.each([
    [['webhooks', 'list']],
    [['webhooks', 'list', '--json']],
    [['webhooks', 'add', 'https://bot.example.com/', '--json']],
  ])('by %j', async (args) => {
    expect(await told(args)).toEqual([]);
  });
});

describe('no key is printed where nobody is asked', { timeout: 30_000 }, () => {
  it.each([
    [['channels']],
    [['channels', 'imessage']],
    [['channels', '--json']],
    [['listen', '--port', '0', '--for', '100ms']],
    [['listen', '--port', '0', '--for', '100ms', '--json']],
    [['complete', '--', 'send', 'imessage', '--']],
  ])('by %j', async (args) => {
    const { stdout, stderr } = await runCli(args, { env: secrets });
    expect(stdout + stderr).not.toBe('');
    for (const secret of Object.values(secrets)) expect(stdout + stderr).not.toContain(secret);
  });
});
