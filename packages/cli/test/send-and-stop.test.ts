import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';
import { type SimulatedVendors, simulatedVendors } from './simulated-vendors.ts';

let vendors: SimulatedVendors;

beforeAll(async () => {
  vendors = await simulatedVendors();
});
afterAll(() => vendors[Symbol.asyncDispose]());

const run = (args: readonly string[]) => runCli(args, { env: vendors.env });

describe('typingkit send', { timeout: 30_000 }, () => {
  it('shows the bubble, leaves it there, and says what the vendor said', async () => {
    const { chatId, flags } = vendors.chat();
    const { code, stdout, stderr } = await run(['send', ...flags]);
    const hint = `Not seen? typingkit diagnose imessage --chat-id ${chatId} says why.\n`;
    expect({ code, stderr }).toEqual({ code: 0, stderr: hint });
    expect(stdout).toMatch(/^accepted by Linq: it stays for 60 s at most \(trace [0-9a-f]+\)\n$/);
    expect(vendors.simulator.recipientView(chatId)).toMatchObject([{ endedBy: null }]);
    const requests = vendors.simulator.requests({ conversation: chatId });
    expect(requests.map(({ method }) => method)).toEqual(['POST']);
  });

  it('prints the receipt as one document of JSON', async () => {
    const { conversationUrn, flags } = vendors.conversation();
    const { code, stdout, stderr } = await run(['send', ...flags, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'accepted',
      channel: 'linkedin',
      provider: 'connectsafely',
      visibleForMs: 10_000,
    });
    expect(vendors.simulator.recipientView(conversationUrn)).toHaveLength(1);
  });

  it('passes on an optional flag of the target, and warns where the vendor typed as another', async () => {
    const { conversationUrn, flags } = vendors.conversation();
    const { accountId } = vendors.simulator.connectsafely.createAccount();
    await run(['send', ...flags, '--account-id', accountId]);
    const [request] = vendors.simulator.requests({ conversation: conversationUrn });
    expect(request?.body).toContain(accountId);
  });

  it('says with --verbose what happens on the way', async () => {
    const { flags } = vendors.chat();
    const { stderr } = await run(['send', ...flags, '--verbose']);
    expect(stderr).toContain('apiKey is from LINQ_API_KEY');
    expect(stderr).toMatch(/Linq accepted the start \(\d+ ms, trace /);
  });

  it('gives up when the time is over that it was given', async () => {
    const { chatId, flags } = vendors.chat();
    vendors.simulator.faults.add({ kind: 'hang', conversation: chatId });
    const { code, stderr } = await run(['send', ...flags, '--timeout', '300ms']);
    expect(code).toBe(23);
    expect(stderr).toMatch(/^error: \[imessage\/linq\] .*300 ms/);
  });
});

describe('typingkit stop', { timeout: 30_000 }, () => {
  it('clears the bubble', async () => {
    const { chatId, flags } = vendors.chat();
    await run(['send', ...flags]);
    const { code, stdout } = await run(['stop', ...flags]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'cleared by Linq\n' });
    expect(vendors.simulator.recipientView(chatId)).toMatchObject([{ endedBy: 'stopped' }]);
  });

  it('says how soon it is gone where the vendor cannot clear it', async () => {
    const { flags } = vendors.conversation();
    const { code, stdout } = await run(['stop', ...flags]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      'expires: ConnectSafely cannot clear it; it disappears by itself within 10 s\n',
    );
  });

  it('prints the receipt as one document of JSON', async () => {
    const { flags } = vendors.chat();
    const { stdout } = await run(['stop', ...flags, '--json']);
    expect(JSON.parse(stdout)).toEqual({
      status: 'cleared',
      channel: 'imessage',
      provider: 'linq',
    });
  });
});
