import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';
import { type SimulatedVendors, simulatedVendors } from './simulated-vendors.ts';

let vendors: SimulatedVendors;

beforeAll(async () => {
  vendors = await simulatedVendors();
});
afterAll(() => vendors[Symbol.asyncDispose]());

const run = (args: readonly string[], env = vendors.env) => runCli(['diagnose', ...args], { env });

describe('typingkit diagnose', { timeout: 30_000 }, () => {
  it('says yes where a start would be seen, and shows nothing to find out', async () => {
    const { chatId, flags } = vendors.chat();
    const { code, stdout } = await run(flags);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'yes: a start would be seen\n' });
    expect(vendors.simulator.history(chatId)).toEqual([]);
  });

  it('says no with every reason and what to do about it, and ends with exit code 3', async () => {
    const { code, stdout } = await run(vendors.chat({ service: 'SMS' }).flags);
    expect(code).toBe(3);
    const [verdict, reason, advice] = stdout.split('\n');
    expect(verdict).toBe('no: a start would not be seen');
    expect(reason).toMatch(/^- .*SMS.* \(service\)$/);
    expect(advice).toMatch(/^ {2}[A-Z].*\.$/);
  });

  it('says unknown where nobody can say, and ends with exit code 4', async () => {
    const { code, stdout } = await run(vendors.chat({ reportedService: null }).flags);
    expect(code).toBe(4);
    expect(stdout).toMatch(/^unknown: unknown whether .*\n- .* \(service-unknown\)\n/);
  });

  it('ends with the exit code of the failure where asking failed', async () => {
    const { flags } = vendors.chat();
    const { code, stdout } = await run(flags, { ...vendors.env, LINQ_API_KEY: 'wrong' });
    expect(code).toBe(13);
    expect(stdout).toContain('(unauthenticated)');
  });

  it('prints the diagnosis as one document of JSON', async () => {
    const { stdout } = await run([...vendors.chat({ service: 'RCS' }).flags, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      channel: 'imessage',
      provider: 'linq',
      willShow: 'no',
      reasons: [{ code: 'service', effect: 'hides' }],
    });
  });
});
