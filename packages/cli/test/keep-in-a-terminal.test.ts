import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type SimulatedVendors, simulatedVendors } from './simulated-vendors.ts';
import { ctrlC, openTerminal, type Terminal } from './terminal.ts';

let vendors: SimulatedVendors;

beforeAll(async () => {
  vendors = await simulatedVendors();
});
afterAll(() => vendors[Symbol.asyncDispose]());

const open = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  columns?: number,
): Terminal => openTerminal(['keep', ...args], { ...vendors.env, ...env }, columns);

async function leave(terminal: Terminal): Promise<void> {
  terminal.type(ctrlC);
  expect(await terminal.exitCode).toBe(130);
}

describe('the live line of typingkit keep', { timeout: 60_000, concurrent: true }, () => {
  it('says what the vendor said and counts down to the next refresh, on one line', async () => {
    const terminal = open(vendors.chat().flags);
    // A busy machine leaves seconds out.
    const [first = ''] = await terminal.shows(/next refresh in [34]\d s \| \d+ s so far/);
    const [, seconds] = /refresh in (\d+) s/.exec(first) ?? [];
    const lines = await terminal.shows(new RegExp(`next refresh in (?!${seconds})\\d+ s`));
    expect(lines).toEqual([
      expect.stringMatching(
        /^Linq accepted start 1 in \d+ ms \| next refresh in [34]\d s \| \d+ s so far \| Ctrl-C stops$/,
      ),
    ]);
    terminal.type(ctrlC);
    expect(await terminal.exitCode).toBe(130);
    expect(terminal.lines()).toEqual([
      expect.stringMatching(/^(?:\^C)?Linq cleared it; kept for \d+(?:\.\d)? s, 1 start accepted$/),
    ]);
  });

  it('counts down to its end where it has one', async () => {
    const terminal = open([...vendors.conversation().flags, '--for', '4s']);
    await terminal.shows(/next refresh in \d s \| \d s left \|/);
    expect(await terminal.exitCode).toBe(0);
    expect(terminal.lines()).toEqual([
      expect.stringMatching(/^it disappears within \d.* s; kept for 4.* s, 1 start accepted$/),
    ]);
  });

  it('counts the refreshes', async () => {
    const terminal = open([...vendors.conversation().flags, '--every', '3s']);
    await terminal.shows(/ConnectSafely accepted start 2 in/);
    await leave(terminal);
    expect(terminal.lines().join()).toContain('2 starts accepted');
  });

  it('keeps what failed above it, once, and goes on below', async () => {
    const { chatId, flags } = vendors.chat();
    vendors.simulator.faults.add({ kind: 'status', status: 500, conversation: chatId });
    const terminal = open(flags);
    await terminal.shows(/Linq did not accept it \(unavailable\) \| trying again/);
    const lines = await terminal.shows(/accepted start 1/);
    expect(lines).toEqual([
      expect.stringMatching(/^failed: \[imessage\/linq\] 500 /),
      expect.stringMatching(/^Linq accepted start 1 /),
    ]);
    await leave(terminal);
  });

  it.each([
    ['a conversation that is not there', 404],
    ['a key that is refused', 401],
  ])('leaves nothing behind at %s: the error is the last word', async (_, status) => {
    const { chatId, flags } = vendors.chat();
    const fault = { kind: 'status', status, conversation: chatId, times: 'forever' } as const;
    vendors.simulator.faults.add(fault);
    const terminal = open(flags);
    expect(await terminal.exitCode).toBeGreaterThanOrEqual(10);
    const last = terminal.lines().slice(-2).join('\n');
    expect(last).toContain(`error: [imessage/linq] ${status}`);
    expect(terminal.written()).toMatch(/\r\n$/);
    const sent = vendors.simulator.requests({ conversation: chatId });
    expect(sent.map(({ method }) => method)).toEqual(['POST']);
  });

  it('is cut off in a narrow terminal, so that it never wraps', async () => {
    const terminal = open(vendors.chat().flags, {}, 30);
    const [line] = await terminal.shows(/accepted/);
    // Written again a second later, which a line that wraps would not survive.
    const before = terminal.written().length;
    await vi.waitFor(() => expect(terminal.written().length).toBeGreaterThan(before), 20_000);
    expect(terminal.lines()).toEqual([line]);
    expect(terminal.lines()[0]?.length).toBeLessThan(30);
    await leave(terminal);
  });

  it('uses nothing but "\\r" and "clear the line", which every console knows', async () => {
    const terminal = open(vendors.chat().flags, { NO_COLOR: '1' });
    await terminal.shows(/accepted/);
    await leave(terminal);
    const [, ...sequences] = terminal.written().split('\u001B');
    expect(sequences.length).toBeGreaterThan(1);
    expect(sequences.filter((sequence) => !sequence.startsWith('[2K'))).toEqual([]);
  });

  it('is coloured, unless NO_COLOR says otherwise', async () => {
    const terminal = open(vendors.chat().flags);
    await terminal.shows(/accepted/);
    await leave(terminal);
    expect(terminal.written()).toContain('\u001B[32mLinq accepted');
  });

  it('is plain lines on a dumb terminal', async () => {
    const terminal = open(vendors.chat().flags, { TERM: 'dumb' });
    await terminal.shows(/^Linq accepted the start/);
    await leave(terminal);
    expect(terminal.written()).not.toContain('\u001B[2K');
  });
});
