import { describe, expect, it } from 'vitest';
import { plain, styled } from '../src/printable.ts';
import { table } from '../src/table.ts';
import { lengthOf, wrapped } from '../src/wrapped.ts';
import { openTerminal } from './terminal.ts';

const sentence = 'The vendor refused the key: renew it, and set it in the environment.';

describe('a line that is longer than the terminal', () => {
  it.each([20, 33, 50, 67])('breaks between words at %i columns', (width) => {
    const lines = wrapped(sentence, width);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join(' ')).toBe(sentence);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('keeps its indent, and that behind the dash of a list', () => {
    expect(wrapped('  one two three', 9)).toEqual(['  one two', '  three']);
    expect(wrapped('- one two three', 9)).toEqual(['- one two', '  three']);
  });

  it('keeps a long address whole, so that it can be copied', () => {
    const url = 'https://docs.example.com/a/very/long/address';
    expect(wrapped(`See ${url} now`, 20)).toEqual(['See', url, 'now']);
  });

  it('keeps its styles on every line', () => {
    const lines = wrapped(`${styled('red', 'one two')} three`, 8);
    expect(lines.map(plain)).toEqual(['one two', 'three']);
    expect(lines[0]).toBe(`${styled('red', 'one')} ${styled('red', 'two')}`);
    expect(lines.map(lengthOf)).toEqual([7, 5]);
  });

  it('is left as it is in a pipe', () => {
    expect(wrapped(sentence, undefined)).toEqual([sentence]);
  });
});

describe('a table that is wider than the terminal', () => {
  const titles = ['CHANNEL', 'WHAT IT NEEDS'];
  const rows = [
    ['imessage', 'a key, and the id of a chat that is there'],
    ['linkedin', 'a key'],
  ];

  it('breaks its cells between words', () => {
    expect(table(titles, rows, 32).map(plain)).toEqual([
      'CHANNEL   WHAT IT NEEDS',
      'imessage  a key, and the id of a',
      '          chat that is there',
      'linkedin  a key',
    ]);
  });

  it('is sentences where no columns fit', () => {
    const lines = table(titles, [['imessage', 'LINQ_API_KEY and a chat']], 20).map(plain);
    expect(lines).toEqual(['imessage what it', '  needs:', '  LINQ_API_KEY and a', '  chat']);
  });

  it('is as wide as it is in a pipe', () => {
    expect(table(titles, rows, undefined)).toHaveLength(3);
  });
});

describe('in a terminal', { timeout: 60_000 }, () => {
  it.each([40, 80])('no word of an error is cut at %i columns', async (columns) => {
    const terminal = openTerminal(['send', 'imessage', '--chat-id', 'x'], {}, columns);
    expect(await terminal.exitCode).toBe(10);
    const text = terminal.lines().join(' ').replaceAll(/\s+/g, ' ');
    expect(text).toContain('Or add --simulated to try it without an account.');
    for (const word of ['configured.', 'LINQ_API_KEY', 'environment']) expect(text).toContain(word);
  });

  it.each([40, 80, 120])('no row of the channels is cut at %i columns', async (columns) => {
    const terminal = openTerminal(['channels'], { NO_COLOR: '1' }, columns);
    expect(await terminal.exitCode).toBe(0);
    const { length } = terminal.written();
    expect(length).toBeGreaterThan(100);
    for (const seen of terminal.written().split(/\r?\n/)) {
      const [longest = ''] = seen.split(/\s+/).toSorted((one, other) => other.length - one.length);
      // A word that is longer than the screen, such as the name of a variable, stays whole.
      expect(seen.length <= Math.max(columns, longest.length + 2)).toBe(true);
    }
  });
});
