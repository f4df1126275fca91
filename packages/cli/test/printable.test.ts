import { describe, expect, it } from 'vitest';
import { plain, printable, printableJson, styled } from '../src/printable.ts';

const hostile: readonly (readonly [what: string, text: string, shown: string])[] = [
  ['colours', 'a\u001B[31mb\u001B[0m', 'a[31mb[0m'],
  ['a move of the cursor', 'a\u001B[2K\u001B[1Ab', 'a[2K[1Ab'],
  ['a title of the window', 'a\u001B]0;b\u0007', 'a]0;b'],
  ['controls of eight bits', 'a\u009B31mb\u0085c', 'a31mb c'],
  ['a backspace and a delete', 'a\b\u007Fb', 'ab'],
  ['a carriage return', 'a\rerror: b', 'a error: b'],
  ['a line of its own', 'a\n\nerror: b\r\nc', 'a error: b c'],
  ['the separators of Unicode', 'a\u2028b\u2029c', 'a b c'],
  ['tabs, which break a table', 'a\t\tb', 'a b'],
  ['an order of its own', 'a\u202Eb\u202C\u2066c\u2069\u200Fd', 'abcd'],
  ['nothing to see', 'a\u00AD\u200B\uFEFFb\u{E0041}', 'ab'],
  ['half of a character', 'a\uD83Db', 'ab'],
  ['our own marks', '\uFDD1a\uFDD0', 'a'],
];

describe('a text of a vendor', () => {
  it.each(hostile)('with %s is one clean line', (_, text, shown) => {
    expect(plain(text)).toBe(shown);
    expect(printable(text, process.stdout)).toBe(shown);
  });

  it.each(hostile)(
    'with %s stays what it is in JSON, and in ASCII where it is hostile',
    (_, text) => {
      const json = printableJson({ text });
      expect(JSON.parse(json)).toEqual({ text });
      // oxlint-disable-next-line no-control-regex -- these are what must not be there.
      expect(json).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]|\p{Cf}|\p{Cs}/u);
    },
  );

  it('keeps what is written that way', () => {
    const text = 'Grüße, 日本語, עברית, 👩‍💻, می‌خواهم';
    expect(plain(text)).toBe(text);
  });

  it('inside a style of ours is clean, too', () => {
    expect(plain(`a ${styled('green', 'b\u001B[31m\nc')} d`)).toBe('a b[31m c d');
  });
});
