import { type Style, runsOf, styled } from './printable.ts';

interface Word {
  readonly text: string;
  readonly style: Style | undefined;
}

/**
 * One line as several that fit, broken between words. What follows the first is indented as far as the line itself, and
 * behind the dash of a list. A word that is longer than the width stays whole, so that it can be copied.
 *
 * @param width in characters; `undefined` for as long as it is, as in a pipe.
 */
export function wrapped(line: string, width: number | undefined): readonly string[] {
  if (width === undefined || lengthOf(line) <= width) return [line];
  const { indent, words } = partsOf(line);
  // On a screen of a few characters, indenting leaves no room for words.
  const hanging = indent.length * 2 > width ? '' : indent;
  const lines: string[] = [];
  let current = '';
  for (const { text, style } of words) {
    const shown = style === undefined ? text : styled(style, text);
    if (current === '') current = lines.length === 0 ? `${leadOf(line)}${shown}` : hanging + shown;
    else if (lengthOf(current) + 1 + text.length <= width) current += ` ${shown}`;
    else {
      lines.push(current);
      current = hanging + shown;
    }
  }
  return [...lines, current];
}

/** How many characters of it are seen. */
export function lengthOf(line: string): number {
  return runsOf(line).reduce((length, { text }) => length + text.length, 0);
}

function partsOf(line: string): { readonly indent: string; readonly words: readonly Word[] } {
  const lead = leadOf(line);
  const words = runsOf(line).flatMap(({ text, style }) =>
    text
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => ({ text: word, style })),
  );
  const isItem = words[0]?.text === '-';
  return { indent: `${lead}${isItem ? '  ' : ''}`, words };
}

function leadOf(line: string): string {
  return /^\s*/.exec(runsOf(line)[0]?.text ?? '')?.[0] ?? '';
}
