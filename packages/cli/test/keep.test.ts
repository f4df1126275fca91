import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { jsonLines, runCli, startCli } from './run-cli.ts';
import { type SimulatedVendors, simulatedVendors } from './simulated-vendors.ts';

let vendors: SimulatedVendors;

beforeAll(async () => {
  vendors = await simulatedVendors();
});
afterAll(() => vendors[Symbol.asyncDispose]());

describe('typingkit keep', { timeout: 60_000, concurrent: true }, () => {
  it('keeps the bubble for as long as it is told, clears it, and ends well', async () => {
    const { chatId, flags } = vendors.chat();
    const { code, stdout, stderr } = await runCli(['keep', ...flags, '--for', '3s'], vendors);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^Linq accepted the start \(\d+ ms, trace \w+\); next refresh in [34]\d s$/,
      ),
      expect.stringMatching(/^(?:Linq cleared it|ended: its time is up)$/),
      expect.stringMatching(/^(?:Linq cleared it|ended: its time is up)$/),
      expect.stringMatching(/^kept for \d(?:\.\d)? s, 1 start accepted$/),
    ]);
    expect(vendors.simulator.recipientView(chatId)).toMatchObject([{ endedBy: 'stopped' }]);
  });

  it('refreshes as often as it is told', async () => {
    const { chatId, flags } = vendors.chat();
    const args = ['keep', ...flags, '--every', '3s', '--json'];
    const cli = startCli(args, vendors);
    const printed = await cli.printed('"refreshed"');
    cli.kill('SIGINT');
    await cli.ended;
    const [started] = jsonLines(printed);
    expect(started).toMatchObject({ event: 'started', channel: 'imessage', attempt: 1 });
    expect(started).not.toHaveProperty('conversation');
    expect(started?.['nextRefreshInMs']).toBeGreaterThan(0);
    expect(started?.['nextRefreshInMs']).toBeLessThanOrEqual(3_000);
    expect(vendors.simulator.requests({ conversation: chatId, method: 'POST' })).toHaveLength(2);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('clears the bubble on %s and ends with exit code %i', async (signal, exitCode) => {
    const { chatId, flags } = vendors.chat();
    const cli = startCli(['keep', ...flags], vendors);
    await cli.printed('accepted');
    cli.kill(signal);
    const { code, stdout } = await cli.ended;
    expect(code).toBe(exitCode);
    expect(stdout).toContain('Linq cleared it\n');
    expect(vendors.simulator.recipientView(chatId)).toMatchObject([{ endedBy: 'stopped' }]);
  });

  it('ends at once at the second Ctrl-C, whatever the vendor does', async () => {
    const { chatId, flags } = vendors.chat();
    const cli = startCli(['keep', ...flags], vendors);
    await cli.printed('accepted');
    vendors.simulator.faults.add({ kind: 'hang', method: 'DELETE', conversation: chatId });
    cli.kill('SIGINT');
    const stops = (): unknown =>
      vendors.simulator.requests({ conversation: chatId, method: 'DELETE' });
    await vi.waitFor(() => expect(stops()).toHaveLength(1), 20_000);
    cli.kill('SIGINT');
    const { code, stdout } = await cli.ended;
    expect(code).toBe(130);
    expect(stdout).not.toContain('kept for');
  });

  it('goes on after a failure that passes', async () => {
    const { chatId, flags } = vendors.chat();
    vendors.simulator.faults.add({ kind: 'status', status: 503, conversation: chatId });
    const cli = startCli(['keep', ...flags], vendors);
    const printed = await cli.printed('accepted');
    cli.kill('SIGINT');
    expect((await cli.ended).code).toBe(130);
    expect(printed).toMatch(/^the start failed: \[imessage\/linq\] 503 /);
  });

  it.each<[what: string, status: number, exitCode: number]>([
    ['a key that is refused', 401, 13],
    ['a conversation that is refused', 403, 14],
  ])('ends by itself at %s', async (_, status, exitCode) => {
    const { chatId, flags } = vendors.chat();
    vendors.simulator.faults.add({ kind: 'status', status, conversation: chatId });
    const { code, stderr } = await runCli(['keep', ...flags], vendors);
    expect(code).toBe(exitCode);
    expect(stderr).toContain(`error: [imessage/linq] ${status}`);
    const starts = vendors.simulator.requests({ conversation: chatId, method: 'POST' });
    expect(starts).toHaveLength(1);
  });

  it('says that the bubble could not be cleared', async () => {
    const { chatId, flags } = vendors.chat();
    const fault = { kind: 'status', status: 500, method: 'DELETE', times: 'forever' } as const;
    vendors.simulator.faults.add({ ...fault, conversation: chatId });
    const { code, stdout } = await runCli(['keep', ...flags, '--for', '3s'], vendors);
    expect(code).toBe(21);
    expect(stdout).toContain('the stop failed: [imessage/linq] 500');
  });

  it('ends with the failure where nothing was ever accepted', async () => {
    const { chatId, flags } = vendors.chat();
    const fault = { kind: 'status', status: 500, times: 'forever' } as const;
    vendors.simulator.faults.add({ ...fault, conversation: chatId });
    const { code } = await runCli(['keep', ...flags, '--for', '3s', '--json'], vendors);
    expect(code).toBe(21);
  });

  it('refuses a wrong target before it begins', async () => {
    const { code, stdout } = await runCli(['keep', 'imessage', '--chat-id', 'x'], vendors);
    expect({ code, stdout }).toEqual({ code: 12, stdout: '' });
  });
});
