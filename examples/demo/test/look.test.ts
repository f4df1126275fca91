import { describe, expect, it } from 'vitest';
import { lookOf, wrap } from '../src/look.ts';
import { createScreen } from '../src/screen.ts';

const terminal = { isTTY: true, columns: 120, rows: 40 };

function written(output: object, use: (screen: ReturnType<typeof createScreen>) => void): string {
  let text = '';
  use(
    createScreen(
      (part) => {
        text += part;
      },
      lookOf(output, {}),
    ),
  );
  return text;
}

describe('The look', () => {
  it.each([
    ['a pipe', {}, {}],
    ['NO_COLOR', terminal, { NO_COLOR: '1' }],
    ['NO_COLOR against FORCE_COLOR', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }],
    ['a dumb terminal', terminal, { TERM: 'dumb' }],
    ['FORCE_COLOR=0', {}, { FORCE_COLOR: '0' }],
  ])('is plain for %s', (_, output, environment) => {
    const look = lookOf(output, environment);
    expect(look.paint('bubble', 'text')).toBe('text');
    expect(look.live).toBe(false);
    expect(Object.values(look.glyphs).join('')).toMatch(/^[ -~]+$/);
    expect(look.words('“so…”, 90 s ≈ a while')).toBe('"so...", 90 s ? a while');
  });

  it('is colourful and alive on a terminal', () => {
    const look = lookOf(terminal, { TERM: 'xterm-256color', NO_COLOR: '' });
    expect(look.paint('bubble', 'text')).toBe('\u001B[32mtext\u001B[39m');
    expect(look.glyphs.bubble).toBe('━');
    expect(look.words('so…')).toBe('so…');
    expect(look).toMatchObject({ live: true, width: 80 });
  });

  it.each([
    ['low', { ...terminal, rows: 12 }],
    ['narrow', { ...terminal, columns: 40 }],
    ['none', { columns: 80, rows: 40 }],
  ])('draws nothing in place on a terminal that is %s', (_, output) => {
    expect(lookOf(output, { FORCE_COLOR: '1' }).live).toBe(false);
  });

  it('uses no glyph that the console of Linux has not', () => {
    expect(lookOf(terminal, { TERM: 'linux' }).glyphs.bubble).toBe('=');
  });

  it('takes the width of a narrower terminal', () => {
    expect(lookOf({ ...terminal, columns: 66 }, {}).width).toBe(66);
  });

  it('breaks a text at its spaces, and never a word', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('a-word-that-is-long b', 7)).toEqual(['a-word-that-is-long', 'b']);
  });
});

describe('The screen', () => {
  it('prints only the last picture where it cannot draw in place', () => {
    const text = written({}, (screen) => {
      screen.draw(['one']);
      screen.draw(['two']);
      screen.settle();
      screen.print('below');
    });
    expect(text).toBe('two\nbelow\n');
  });

  it('draws a picture over the last one on a terminal, and gives the cursor back', () => {
    const text = written(terminal, (screen) => {
      screen.draw(['one', 'line']);
      screen.draw(['two', 'lines']);
      screen.settle();
    });
    expect(text).toBe(
      '\u001B[?25lone\u001B[K\nline\u001B[K\n\u001B[J' +
        '\u001B[2Atwo\u001B[K\nlines\u001B[K\n\u001B[J\u001B[?25h',
    );
  });

  it('writes nothing twice when it is settled twice', () => {
    const text = written({}, (screen) => {
      screen.draw(['one']);
      screen.settle();
      screen.settle();
    });
    expect(text).toBe('one\n');
  });
});
