import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';
import { type SimulatedVendors, simulatedVendors } from './simulated-vendors.ts';

let vendors: SimulatedVendors;

beforeAll(async () => {
  vendors = await simulatedVendors();
});
afterAll(() => vendors[Symbol.asyncDispose]());

const run = (args: readonly string[]) => runCli(['webhooks', ...args], { env: vendors.env });
const subscriptions = () => vendors.simulator.linq.webhooks.subscriptions();

describe('typingkit webhooks', { timeout: 30_000 }, () => {
  it('adds one, and prints its secret as a line for .env and nothing else on stdout', async () => {
    const { code, stdout, stderr } = await run(['add', 'https://bot.example.com/a']);
    const [added] = subscriptions();
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `LINQ_WEBHOOK_SECRET=${added?.signingSecret}\n`,
    });
    expect(stderr).toContain('Linq never shows it again');
    expect(added?.subscribedEvents).toEqual([
      'chat.typing_indicator.started',
      'chat.typing_indicator.stopped',
    ]);
  });

  it('adds one for some lines only', async () => {
    const line = '+12025550100';
    const { stdout } = await run([
      'add',
      'https://bot.example.com/b',
      '--phone-number',
      line,
      '--json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ isActive: true, phoneNumbers: [line] });
  });

  it('lists them without their secrets', async () => {
    const { stdout } = await run(['list']);
    expect(stdout).toMatch(/^ID +STATE +URL +EVENTS +LINES\n/);
    expect(stdout).toMatch(/ active +https:\/\/bot\.example\.com\/a\?version=\S+ +2 events +all/);
    const { webhooks } = JSON.parse((await run(['list', '--json'])).stdout);
    expect(webhooks).toHaveLength(2);
    for (const { signingSecret } of subscriptions())
      expect(stdout + JSON.stringify(webhooks)).not.toContain(signingSecret);
  });

  it('removes one', async () => {
    const [first, second] = subscriptions();
    const { code, stdout } = await run(['remove', String(first?.id)]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `removed ${first?.id}\n` });
    expect(subscriptions()).toEqual([second]);
    expect((await run(['remove', String(first?.id)])).code).toBe(15);
  });

  it('refuses an address that is not https before it asks', async () => {
    const { code, stderr } = await run(['add', 'http://bot.example.com/']);
    expect(code).toBe(10);
    expect(stderr).toContain('must be an https URL');
  });
});
