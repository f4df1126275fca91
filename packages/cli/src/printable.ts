import { styleText } from 'node:util';

/** The colours and emphases of the command line. */
const styles = ['bold', 'dim', 'green', 'red', 'yellow'] as const;

/** A colour or an emphasis. */
export type Style = (typeof styles)[number];

/** A line, or several. Whatever breaks a line inside one is not ours. */
export type Lines = string | readonly string[];

// Marks that no text contains: Unicode has set these two code points aside for the inside of programs.
const begin = '\uFDD0';
const end = '\uFDD1';
const marked = new RegExp(`${begin}(\\d)([^${begin}${end}]*)${end}`, 'g');
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
// Control characters, bidirectional and other invisible marks; not the two that join the parts of a letter or an emoji.
const invisible = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}]/gu;
const notInJson = /[\u007F-\u009F\u2028\u2029]|\p{Cf}/gu;

/** Marks a text for {@link printable}, which knows whether the terminal has colours. */
export function styled(style: Style, text: string): string {
  return `${begin}${styles.indexOf(style)}${text}${end}`;
}

/**
 * Makes one line fit for a terminal. A vendor may write anything: what would move the cursor, colour or reorder the
 * text, or look like a line of ours, is taken away here, and here alone.
 *
 * @param stream decides whether there are colours; `NO_COLOR` and `FORCE_COLOR` override it.
 */
export function printable(line: string, stream: NodeJS.WriteStream): string {
  return cleaned(line)
    .replaceAll(marked, (_, index: string, text: string) =>
      styleText(styles[Number(index)] ?? 'bold', text, { stream, validateStream: true }),
    )
    .replaceAll(marks, '');
}

/** The same without colours. */
export function plain(line: string): string {
  return cleaned(line).replaceAll(marked, '$2').replaceAll(marks, '');
}

/** A line as pieces of one style each. */
export function runsOf(
  line: string,
): readonly { readonly text: string; readonly style: Style | undefined }[] {
  const runs: { text: string; style: Style | undefined }[] = [];
  let doneTo = 0;
  for (const match of line.matchAll(marked)) {
    if (match.index > doneTo)
      runs.push({ text: line.slice(doneTo, match.index), style: undefined });
    runs.push({ text: match[2] ?? '', style: styles[Number(match[1])] });
    doneTo = match.index + match[0].length;
  }
  if (doneTo < line.length) runs.push({ text: line.slice(doneTo), style: undefined });
  return runs;
}

/** A value as one line of JSON. What {@link printable} takes away is escaped, so nothing is lost. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(notInJson, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character, index)).join(''),
  );
}

const marks = new RegExp(`[${begin}${end}]`, 'g');

/** A text without line breaks of its own. */
export function oneLine(line: string): string {
  return line.replaceAll(lineBreaks, ' ');
}

function cleaned(line: string): string {
  return oneLine(line).replaceAll(invisible, '');
}

function escaped(text: string, index: number): string {
  return `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`;
}
