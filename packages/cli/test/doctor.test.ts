import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';
import { type SimulatedVendors, simulatedVendors } from './simulated-vendors.ts';

let vendors: SimulatedVendors;

beforeAll(async () => {
  vendors = await simulatedVendors();
});
afterAll(() => vendors[Symbol.asyncDispose]());

const run = (env: Readonly<Record<string, string>>, ...args: string[]) =>
  runCli(['doctor', ...args], { env });

describe('typingkit doctor', { timeout: 60_000 }, () => {
  it('says of every channel that is set up that its vendor answers and takes the key', async () => {
    const { code, stdout } = await run(vendors.env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok +imessage \(Linq\): the vendor answers, and takes the key$/m);
    expect(stdout).toMatch(/linkedin \(ConnectSafely\): /);
    expect(stdout).not.toContain('telegram');
  });

  it('says whether a webhook reports who is typing', async () => {
    const { LINQ_API_KEY = '', LINQ_API_BASE_URL = '' } = vendors.env;
    const env = { LINQ_API_KEY, LINQ_API_BASE_URL };
    expect((await run(env)).stdout).toMatch(/no webhook reports who is typing\n.*webhooks add/);
    vendors.simulator.linq.webhooks.subscribe({
      targetUrl: 'https://bot.example.com/linq',
      subscribedEvents: ['chat.typing_indicator.started'],
    });
    expect((await run(env)).stdout).toContain('1 webhook reports who is typing');
  });

  it('says which key is refused, and ends with the code of that', async () => {
    const { code, stdout } = await run({ ...vendors.env, LINQ_API_KEY: 'wrong' });
    expect(code).toBe(13);
    expect(stdout).toMatch(/^failed +imessage \(Linq\): 401 .*\n +Check the Linq API key\.$/m);
    expect(stdout).toMatch(/linkedin \(ConnectSafely\): /);
  });

  it('says which vendor cannot be reached', async () => {
    const env = { ...vendors.env, LINQ_API_BASE_URL: 'http://127.0.0.1:9' };
    const { code, stdout } = await run(env);
    expect(code).toBe(22);
    expect(stdout).toMatch(/^failed +imessage \(Linq\): the connection to 127\.0\.0\.1:9 failed$/m);
  });

  it('says what a channel that is half set up lacks', async () => {
    const { code, stdout } = await run({ TEAMS_APP_ID: 'an-app' });
    expect(code).toBe(10);
    expect(stdout).toMatch(/^failed +teams \(Microsoft Teams\): TEAMS_\w+ is not set$/m);
  });

  it('says what to do where nothing is set up', async () => {
    const { code, stderr } = await run({});
    expect(code).toBe(10);
    expect(stderr).toMatch(/^error: No channel is configured\.\n.*typingkit simulate/);
  });

  it('prints its findings as one document of JSON, and shows nothing to anybody', async () => {
    const { stdout } = await run(vendors.env, '--json');
    const { findings } = JSON.parse(stdout);
    expect(findings).toContainEqual(
      expect.objectContaining({ channel: 'imessage', provider: 'linq', state: 'ok' }),
    );
    const intents = vendors.simulator.requests().map(({ intent }) => intent);
    expect(intents).not.toContain('start');
  });
});
